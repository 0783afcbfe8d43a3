import type { UserRole } from '@latchkey/contract/schemas/common';

export const roleChoices = [
  { value: 'user', label: 'User' },
  { value: 'admin', label: 'Admin' },
] as const satisfies readonly { value: UserRole; label: string }[];
