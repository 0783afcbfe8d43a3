export const roles = [
  { value: 'member', label: 'Member' },
  { value: 'admin', label: 'Administrator' },
] as const;
export type Role = (typeof roles)[number]['value'];
export const isRole = (value: string | null): value is Role => roles.some((role) => role.value === value);
