import { redeliverWebhook } from '@latchkey/contract/routes/webhooks';
import { defineHandler } from '../../http/handler.js';
import { redeliver } from '../service.js';

export const redeliverWebhookHandler = defineHandler(redeliverWebhook, (context, { params }) =>
  redeliver(context, params.webhookUuid, params.deliveryUuid),
);
