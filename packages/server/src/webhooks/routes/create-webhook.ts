import { createWebhook } from '@latchkey/contract/routes/webhooks';
import { defineHandler } from '../../http/handler.js';
import { createWebhookFor } from '../service.js';

export const createWebhookHandler = defineHandler(createWebhook, (context, { caller, body }) =>
  createWebhookFor(context, caller, body),
);
