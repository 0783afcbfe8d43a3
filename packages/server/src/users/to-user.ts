import type { User } from '@latchkey/contract/schemas/user';
import type { UserRow } from '@latchkey/db/users/reader';

export const toUser = (row: UserRow): User => ({
  uuid: row.id,
  kind: row.kind,
  email: row.email,
  name: row.name,
  organisationRole: row.organisation_role,
  createdAt: row.created_at.toISOString(),
  lastSeenAt: row.last_seen_at?.toISOString() ?? null,
  deactivatedAt: row.deactivated_at?.toISOString() ?? null,
  handedOverToUuid: row.handed_over_to,
});
