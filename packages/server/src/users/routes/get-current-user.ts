import { getCurrentUser } from '@latchkey/contract/routes/session';
import { defineHandler } from '../../http/handler.js';
import { mustGetUser } from '../must-get-user.js';
import { toUser } from '../to-user.js';

export const getCurrentUserHandler = defineHandler(getCurrentUser, async (context, { caller }) =>
  toUser(await mustGetUser(context.db, caller.userId)),
);
