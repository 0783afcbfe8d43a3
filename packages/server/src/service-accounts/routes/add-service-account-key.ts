import { addServiceAccountKey } from '@latchkey/contract/routes/service-accounts';
import { defineHandler } from '../../http/handler.js';
import { addSshKey } from '../../users/keys.js';
import { mustBeActiveServiceAccount } from '../service.js';

export const addServiceAccountKeyHandler = defineHandler(
  addServiceAccountKey,
  async (context, { params, body }) => {
    const { id } = await mustBeActiveServiceAccount(context.db, params.userUuid);
    return addSshKey(context, { userId: id }, body.title, body.publicKey);
  },
);
