import { LatchkeyError } from '@latchkey/contract/errors';
import { deleteWebhook } from '@latchkey/contract/routes/webhooks';
import { deleteWebhook as removeWebhook } from '@latchkey/db/webhooks/writer';
import { defineHandler } from '../../http/handler.js';

export const deleteWebhookHandler = defineHandler(deleteWebhook, async ({ db }, { params }) => {
  if (!(await removeWebhook(db, params.webhookUuid))) throw new LatchkeyError('webhook_not_found');
  return undefined;
});
