import { getSigningKeys } from '@latchkey/contract/routes/signers';
import { defineHandler } from '../../http/handler.js';
import { listPublishedKeys } from '../signing-keys.js';

export const getSigningKeysHandler = defineHandler(getSigningKeys, async (context, { reply }) => {
  const keys = await listPublishedKeys(context);
  void reply.header('cache-control', 'public, max-age=300').header('access-control-allow-origin', '*');
  return { keys };
});
