import { listServiceAccountTokens } from '@latchkey/contract/routes/service-accounts';
import { defineHandler } from '../../http/handler.js';
import { getApiTokens } from '../../users/keys.js';
import { mustBeServiceAccount } from '../service.js';

export const listServiceAccountTokensHandler = defineHandler(
  listServiceAccountTokens,
  async (context, { params }) => {
    const { id } = await mustBeServiceAccount(context.db, params.userUuid);
    return { result: await getApiTokens(context, { userId: id }) };
  },
);
