import { createSignerTokens } from '@latchkey/contract/routes/signers';
import { defineHandler } from '../../http/handler.js';
import { publicOrigin } from '../../http/public-origin.js';
import { grantForItems } from '../service.js';

export const createSignerTokensHandler = defineHandler(
  createSignerTokens,
  async (context, { caller, body, request }) => ({
    results: await grantForItems(context, caller, body.itemUuids, publicOrigin(context, request)),
  }),
);
