import { patchWebhook } from '@latchkey/contract/routes/webhooks';
import { defineHandler } from '../../http/handler.js';
import { changeWebhook } from '../service.js';

export const patchWebhookHandler = defineHandler(patchWebhook, (context, { params, body }) =>
  changeWebhook(context, params.webhookUuid, body),
);
