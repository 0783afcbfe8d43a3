import { deleteServiceAccountKey } from '@latchkey/contract/routes/service-accounts';
import { defineHandler } from '../../http/handler.js';
import { removeSshKey } from '../../users/keys.js';
import { mustBeServiceAccount } from '../service.js';

export const deleteServiceAccountKeyHandler = defineHandler(
  deleteServiceAccountKey,
  async (context, { params }) => {
    const { id } = await mustBeServiceAccount(context.db, params.userUuid);
    await removeSshKey(context, { userId: id }, params.keyUuid);
    return undefined;
  },
);
