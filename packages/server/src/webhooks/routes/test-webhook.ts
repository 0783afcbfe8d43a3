import { testWebhook } from '@latchkey/contract/routes/webhooks';
import { defineHandler } from '../../http/handler.js';
import { sendTest } from '../service.js';

export const testWebhookHandler = defineHandler(testWebhook, (context, { params }) =>
  sendTest(context, params.webhookUuid, context.stopping),
);
