import { LatchkeyError } from '@latchkey/contract/errors';
import { deleteSshKey } from '@latchkey/contract/routes/session';
import { deleteSshKey as removeKey } from '@latchkey/db/users/writer';
import { defineHandler } from '../../http/handler.js';

export const deleteSshKeyHandler = defineHandler(deleteSshKey, async (context, { caller, params }) => {
  if (!(await removeKey(context.db, caller.userId, params.keyUuid))) throw new LatchkeyError('key_not_found');
  return undefined;
});
