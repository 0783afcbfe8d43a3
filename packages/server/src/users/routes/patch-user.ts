import { patchUser } from '@latchkey/contract/routes/users';
import { defineHandler } from '../../http/handler.js';
import { changeUser } from '../change-user.js';
import { toUser } from '../to-user.js';

export const patchUserHandler = defineHandler(patchUser, async (context, { caller, params, body }) =>
  toUser(await changeUser(context, caller, params.userUuid, body)),
);
