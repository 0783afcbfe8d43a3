import { deleteSshKey } from '@latchkey/contract/routes/session';
import { defineHandler } from '../../http/handler.js';
import { removeSshKey } from '../keys.js';

export const deleteSshKeyHandler = defineHandler(deleteSshKey, async (context, { caller, params }) => {
  await removeSshKey(context, caller, params.keyUuid);
  return undefined;
});
