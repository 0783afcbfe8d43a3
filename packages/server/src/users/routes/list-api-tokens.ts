import { listApiTokens } from '@latchkey/contract/routes/session';
import { listApiTokens as readTokens } from '@latchkey/db/users/reader';
import { defineHandler } from '../../http/handler.js';
import { toApiToken } from '../keys.js';

export const listApiTokensHandler = defineHandler(listApiTokens, async (context, { caller }) => ({
  result: (await readTokens(context.db, caller.userId)).map(toApiToken),
}));
