import { getBearerToken } from '@latchkey/contract/routes/session';
import { insertApiToken } from '@latchkey/db/users/writer';
import { v7 as uuidv7 } from 'uuid';
import { newToken } from '../../auth/secrets.js';
import { defineHandler } from '../../http/handler.js';

export const getBearerTokenHandler = defineHandler(getBearerToken, async (context, { caller }) => {
  const { token, hash } = newToken('lkb_');
  await insertApiToken(context.db, {
    id: uuidv7(),
    userId: caller.userId,
    title: 'Bearer token by exchange',
    // A token gives none that may do more than itself.
    scope: caller.tokenScope ?? 'all',
    tokenHash: hash,
    lifetimeDays: 1,
  });
  return { token };
});
