import { createApiToken } from '@latchkey/contract/routes/session';
import { insertApiToken } from '@latchkey/db/users/writer';
import { v7 as uuidv7 } from 'uuid';
import { newToken } from '../../auth/secrets.js';
import { defineHandler } from '../../http/handler.js';
import { toStoredText } from '../../http/stored-text.js';
import { toApiToken } from '../keys.js';

export const createApiTokenHandler = defineHandler(createApiToken, async (context, { caller, body }) => {
  const { token, hash } = newToken('lkt_');
  const row = await insertApiToken(context.db, {
    id: uuidv7(),
    userId: caller.userId,
    title: toStoredText(body.title, 'title'),
    scope: body.scope ?? 'all',
    tokenHash: hash,
    lifetimeDays: body.expiresInDays ?? null,
  });
  return { ...toApiToken(row), token };
});
