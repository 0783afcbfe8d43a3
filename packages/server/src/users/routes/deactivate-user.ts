import { deactivateUser } from '@latchkey/contract/routes/users';
import { defineHandler } from '../../http/handler.js';
import { deactivate } from '../deactivate.js';

export const deactivateUserHandler = defineHandler(deactivateUser, (context, { caller, params, body }) =>
  deactivate(context, caller, params.userUuid, body.handOverToUserUuid ?? null),
);
