import { createServiceAccountToken } from '@latchkey/contract/routes/service-accounts';
import { defineHandler } from '../../http/handler.js';
import { makeApiToken } from '../../users/keys.js';
import { mustBeActiveServiceAccount } from '../service.js';

export const createServiceAccountTokenHandler = defineHandler(
  createServiceAccountToken,
  async (context, { params, body }) => {
    const { id } = await mustBeActiveServiceAccount(context.db, params.userUuid);
    return makeApiToken(context, { userId: id }, body);
  },
);
