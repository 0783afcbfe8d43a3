import type { Executor } from '../engine/executor.js';
import { type UserRow, userColumns } from './reader.js';

export interface UserChange {
  /** Null stays as it is, as for the role. */
  readonly name: string | null;
  readonly organisationRole: UserRow['organisation_role'] | null;
}

/** Of a user who is there. */
export async function updateUser(tx: Executor, id: string, change: UserChange): Promise<UserRow> {
  const text = `UPDATE users u SET name = coalesce($2, name), organisation_role = coalesce($3, organisation_role)
    WHERE u.id = $1 RETURNING ${userColumns}`;
  const values = [id, change.name, change.organisationRole];
  const [row] = await tx.query<UserRow>({ name: 'users.update', text, values });
  if (!row) throw new Error('users.update returned no row');
  return row;
}

/** False: the user was deactivated before. */
export async function deactivateUser(tx: Executor, id: string): Promise<boolean> {
  const text =
    'UPDATE users SET deactivated_at = now() WHERE id = $1 AND deactivated_at IS NULL RETURNING id';
  return (await tx.query({ name: 'users.deactivate', text, values: [id] })).length === 1;
}

/** False: the user is active. */
export async function reactivateUser(tx: Executor, id: string): Promise<boolean> {
  const text = `UPDATE users SET deactivated_at = NULL, handed_over_to = NULL
    WHERE id = $1 AND deactivated_at IS NOT NULL RETURNING id`;
  return (await tx.query({ name: 'users.reactivate', text, values: [id] })).length === 1;
}

export async function setHandedOverTo(tx: Executor, id: string, toUserId: string): Promise<void> {
  const text = 'UPDATE users SET handed_over_to = $2 WHERE id = $1';
  await tx.query({ name: 'users.setHandedOverTo', text, values: [id, toUserId] });
}

/** Counts the user as seen now. A deactivation waits for the end of the transaction. False: the user is deactivated. */
export async function touchActiveUser(tx: Executor, id: string): Promise<boolean> {
  const text = 'UPDATE users SET last_seen_at = now() WHERE id = $1 AND deactivated_at IS NULL RETURNING id';
  return (await tx.query({ name: 'users.touchActive', text, values: [id] })).length === 1;
}
