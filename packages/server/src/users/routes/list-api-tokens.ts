import { listApiTokens } from '@latchkey/contract/routes/session';
import { defineHandler } from '../../http/handler.js';
import { getApiTokens } from '../keys.js';

export const listApiTokensHandler = defineHandler(listApiTokens, async (context, { caller }) => ({
  result: await getApiTokens(context, caller),
}));
