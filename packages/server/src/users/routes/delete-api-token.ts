import { deleteApiToken } from '@latchkey/contract/routes/session';
import { defineHandler } from '../../http/handler.js';
import { removeApiToken } from '../keys.js';

export const deleteApiTokenHandler = defineHandler(deleteApiToken, async (context, { caller, params }) => {
  await removeApiToken(context, caller, params.tokenUuid);
  return undefined;
});
