import type { User } from '@latchkey/contract/schemas/user';
import type { UserRow } from '@latchkey/db/users/reader';

export const toUser = (row: UserRow): User => ({
  uuid: row.id,
  email: row.email,
  name: row.name,
  organisationRole: row.organisation_role,
  createdAt: row.created_at.toISOString(),
});
