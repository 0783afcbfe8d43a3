import { defineRoute } from '../route.js';
import {
  CreateWebhook,
  ListWebhookDeliveriesQuery,
  PatchWebhook,
  RotatedWebhookSecret,
  RotateWebhookSecret,
  Webhook,
  WebhookDelivery,
  WebhookDeliveryPage,
  WebhookList,
  WebhookWithSecret,
} from '../schemas/webhook.js';
import { prefix, WebhookDeliveryParams, WebhookParams } from './params.js';

const tag = 'Webhooks';
const permission = 'organisation:admin';
const base = `${prefix}/webhooks`;

export const listWebhooks = defineRoute({
  operationId: 'listWebhooks',
  method: 'GET',
  path: base,
  tag,
  summary: 'All webhooks, the oldest first.',
  permission,
  schemas: { response: WebhookList },
});
export const createWebhook = defineRoute({
  operationId: 'createWebhook',
  method: 'POST',
  path: base,
  tag,
  summary: 'Send events to a URL. The answer has the secret that signs them, this once.',
  permission,
  schemas: { body: CreateWebhook, response: WebhookWithSecret },
  errors: ['webhook_limit_reached'],
});
export const patchWebhook = defineRoute({
  operationId: 'patchWebhook',
  method: 'PATCH',
  path: `${base}/{webhookUuid}`,
  tag,
  summary: 'Change where events are sent to, which ones, or switch the webhook on or off.',
  permission,
  schemas: { params: WebhookParams, body: PatchWebhook, response: Webhook },
  errors: ['webhook_not_found'],
});
export const deleteWebhook = defineRoute({
  operationId: 'deleteWebhook',
  method: 'DELETE',
  path: `${base}/{webhookUuid}`,
  tag,
  summary: 'Delete it with its deliveries; those that wait are not sent any more.',
  permission,
  schemas: { params: WebhookParams },
  errors: ['webhook_not_found'],
});
export const rotateWebhookSecret = defineRoute({
  operationId: 'rotateWebhookSecret',
  method: 'POST',
  path: `${base}/{webhookUuid}/rotate-secret`,
  tag,
  summary: 'A new secret, which the answer has this once. For a while messages are signed with both.',
  permission,
  schemas: { params: WebhookParams, body: RotateWebhookSecret, response: RotatedWebhookSecret },
  errors: ['webhook_not_found'],
});
export const testWebhook = defineRoute({
  operationId: 'testWebhook',
  method: 'POST',
  path: `${base}/{webhookUuid}/test`,
  tag,
  summary: 'Send a webhook.test event now, once, also where the webhook is switched off.',
  permission,
  schemas: { params: WebhookParams, response: WebhookDelivery },
  errors: ['webhook_not_found'],
});
export const listWebhookDeliveries = defineRoute({
  operationId: 'listWebhookDeliveries',
  method: 'GET',
  path: `${base}/{webhookUuid}/deliveries`,
  tag,
  summary: 'What was sent, or waits to be, the newest first.',
  permission,
  schemas: { params: WebhookParams, query: ListWebhookDeliveriesQuery, response: WebhookDeliveryPage },
  errors: ['webhook_not_found', 'invalid_page_token'],
});
export const redeliverWebhook = defineRoute({
  operationId: 'redeliverWebhook',
  method: 'POST',
  path: `${base}/{webhookUuid}/deliveries/{deliveryUuid}/redeliver`,
  tag,
  summary: 'Send a delivery again, with the same webhook-id, from the first attempt on.',
  permission,
  schemas: { params: WebhookDeliveryParams, response: WebhookDelivery },
  errors: ['webhook_not_found', 'webhook_delivery_not_found', 'webhook_disabled'],
});
