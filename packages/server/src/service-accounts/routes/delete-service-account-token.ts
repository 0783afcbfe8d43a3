import { deleteServiceAccountToken } from '@latchkey/contract/routes/service-accounts';
import { defineHandler } from '../../http/handler.js';
import { removeApiToken } from '../../users/keys.js';
import { mustBeServiceAccount } from '../service.js';

export const deleteServiceAccountTokenHandler = defineHandler(
  deleteServiceAccountToken,
  async (context, { params }) => {
    const { id } = await mustBeServiceAccount(context.db, params.userUuid);
    await removeApiToken(context, { userId: id }, params.tokenUuid);
    return undefined;
  },
);
