import { LatchkeyError } from '@latchkey/contract/errors';
import type { Executor } from '@latchkey/db/engine/executor';
import { getUser, type UserRow } from '@latchkey/db/users/reader';

/** Throws `user_not_found`. */
export async function mustGetUser(db: Executor, id: string): Promise<UserRow> {
  const user = await getUser(db, id);
  if (!user) throw new LatchkeyError('user_not_found');
  return user;
}
