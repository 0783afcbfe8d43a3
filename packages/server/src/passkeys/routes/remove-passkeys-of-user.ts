import { removePasskeysOfUser } from '@latchkey/contract/routes/passkeys';
import { defineHandler } from '../../http/handler.js';
import { removeAll } from '../service.js';

export const removePasskeysOfUserHandler = defineHandler(
  removePasskeysOfUser,
  async (context, { params }) => ({ removedCount: await removeAll(context, params.userUuid) }),
);
