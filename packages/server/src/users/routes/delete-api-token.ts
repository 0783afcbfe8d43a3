import { LatchkeyError } from '@latchkey/contract/errors';
import { deleteApiToken } from '@latchkey/contract/routes/session';
import { deleteApiToken as removeToken } from '@latchkey/db/users/writer';
import { defineHandler } from '../../http/handler.js';

export const deleteApiTokenHandler = defineHandler(deleteApiToken, async (context, { caller, params }) => {
  if (!(await removeToken(context.db, caller.userId, params.tokenUuid)))
    throw new LatchkeyError('key_not_found');
  return undefined;
});
