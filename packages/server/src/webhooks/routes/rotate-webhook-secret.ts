import { rotateWebhookSecret } from '@latchkey/contract/routes/webhooks';
import { defineHandler } from '../../http/handler.js';
import { rotateSecret } from '../service.js';

const overlapHoursByDefault = 24;

export const rotateWebhookSecretHandler = defineHandler(rotateWebhookSecret, (context, { params, body }) =>
  rotateSecret(context, params.webhookUuid, body.overlapHours ?? overlapHoursByDefault),
);
