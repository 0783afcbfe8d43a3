import { listUsers } from '@latchkey/contract/routes/session';
import { listUsers as readUsers } from '@latchkey/db/users/reader';
import { defineHandler } from '../../http/handler.js';
import { toUser } from '../to-user.js';

export const listUsersHandler = defineHandler(listUsers, async (context) => ({
  result: (await readUsers(context.db)).map(toUser),
}));
