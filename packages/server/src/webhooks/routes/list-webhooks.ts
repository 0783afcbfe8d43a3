import { listWebhooks } from '@latchkey/contract/routes/webhooks';
import { listWebhooks as readWebhooks } from '@latchkey/db/webhooks/reader';
import { defineHandler } from '../../http/handler.js';
import { toWebhook } from '../to-webhook.js';

export const listWebhooksHandler = defineHandler(listWebhooks, async ({ db }) => ({
  results: (await readWebhooks(db)).map(toWebhook),
}));
