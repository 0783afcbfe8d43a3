import { LatchkeyError } from '@latchkey/contract/errors';
import { getCurrentUser } from '@latchkey/contract/routes/session';
import { getUser } from '@latchkey/db/users/reader';
import { defineHandler } from '../../http/handler.js';
import { toUser } from '../to-user.js';

export const getCurrentUserHandler = defineHandler(getCurrentUser, async (context, { caller }) => {
  const user = await getUser(context.db, caller.userId);
  if (!user) throw new LatchkeyError('user_not_found');
  return toUser(user);
});
