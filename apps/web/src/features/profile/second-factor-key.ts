export const secondFactorKey = ['second-factor'] as const;
