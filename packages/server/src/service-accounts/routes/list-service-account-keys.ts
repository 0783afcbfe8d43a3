import { listServiceAccountKeys } from '@latchkey/contract/routes/service-accounts';
import { defineHandler } from '../../http/handler.js';
import { getSshKeys } from '../../users/keys.js';
import { mustBeServiceAccount } from '../service.js';

export const listServiceAccountKeysHandler = defineHandler(
  listServiceAccountKeys,
  async (context, { params }) => {
    const { id } = await mustBeServiceAccount(context.db, params.userUuid);
    return { result: await getSshKeys(context, { userId: id }) };
  },
);
