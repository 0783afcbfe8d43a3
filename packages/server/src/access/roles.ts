import type { FolderRole, UserRole } from '@latchkey/contract/schemas/common';

const ranks: Readonly<Record<FolderRole | UserRole, number>> = { viewer: 0, user: 0, editor: 1, admin: 2 };

/** Each role may do what the lower ones may. */
export const suffices = <Role extends FolderRole | UserRole>(have: Role, need: Role): boolean =>
  ranks[have] >= ranks[need];
