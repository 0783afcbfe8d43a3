import { getBearerToken } from '@latchkey/contract/routes/session';
import { newToken } from '../../auth/secrets.js';
import { defineHandler } from '../../http/handler.js';
import { storeApiToken } from '../keys.js';

export const getBearerTokenHandler = defineHandler(getBearerToken, async (context, { caller }) => {
  const { token, hash } = newToken('lkb_');
  await storeApiToken(context, {
    userId: caller.userId,
    title: 'Bearer token by exchange',
    // A token gives none that may do more than itself.
    scope: caller.tokenScope ?? 'all',
    tokenHash: hash,
    lifetimeDays: 1,
  });
  return { token };
});
