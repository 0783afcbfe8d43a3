import { reactivateUser } from '@latchkey/contract/routes/users';
import { defineHandler } from '../../http/handler.js';
import { reactivate } from '../deactivate.js';
import { toUser } from '../to-user.js';

export const reactivateUserHandler = defineHandler(reactivateUser, async (context, { caller, params }) =>
  toUser(await reactivate(context, caller, params.userUuid)),
);
