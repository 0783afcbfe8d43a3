import type { Handler } from '../http/handler.js';
import { createWebhookHandler } from './routes/create-webhook.js';
import { deleteWebhookHandler } from './routes/delete-webhook.js';
import { listWebhookDeliveriesHandler } from './routes/list-webhook-deliveries.js';
import { listWebhooksHandler } from './routes/list-webhooks.js';
import { patchWebhookHandler } from './routes/patch-webhook.js';
import { redeliverWebhookHandler } from './routes/redeliver-webhook.js';
import { rotateWebhookSecretHandler } from './routes/rotate-webhook-secret.js';
import { testWebhookHandler } from './routes/test-webhook.js';

export const webhookHandlers: readonly Handler[] = [
  listWebhooksHandler,
  createWebhookHandler,
  patchWebhookHandler,
  deleteWebhookHandler,
  rotateWebhookSecretHandler,
  testWebhookHandler,
  listWebhookDeliveriesHandler,
  redeliverWebhookHandler,
];
