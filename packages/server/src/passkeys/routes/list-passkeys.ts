import { listPasskeys } from '@latchkey/contract/routes/passkeys';
import { defineHandler } from '../../http/handler.js';
import { getPasskeys } from '../service.js';

export const listPasskeysHandler = defineHandler(listPasskeys, async (context, { caller }) => ({
  result: await getPasskeys(context, caller),
}));
