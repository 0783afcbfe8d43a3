import { handOverUser } from '@latchkey/contract/routes/users';
import { defineHandler } from '../../http/handler.js';
import { handOverThingsOf } from '../hand-over.js';

export const handOverUserHandler = defineHandler(handOverUser, (context, { caller, params, body }) =>
  handOverThingsOf(context, caller, params.userUuid, body.toUserUuid),
);
