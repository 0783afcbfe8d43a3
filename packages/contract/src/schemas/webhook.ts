import { type Static, Type } from 'typebox';
import { limits } from '../limits.js';
import { JsonObject, Nullable, OneOf, Page, pageQuery, Timestamp, Uuid } from './common.js';

/** What a webhook can be told of. */
export const webhookEventTypes = [
  'uploadJob.finished',
  'items.expiring',
  'integration.created',
  'integration.changed',
  'integration.deleted',
] as const;
export const WebhookEventType = OneOf(webhookEventTypes);
export type WebhookEventType = Static<typeof WebhookEventType>;

/** Sent by hand only, to see whether a receiver answers. */
export const webhookTestType = 'webhook.test';

const Events = Type.Array(WebhookEventType, { minItems: 1, uniqueItems: true });
const Url = Type.String({
  minLength: 1,
  maxLength: limits.webhookUrlLength,
  description:
    'Where events are sent to by POST: https, at a public address. Private addresses and http need LATCHKEY_EGRESS_ALLOW.',
});
const Description = Type.String({ maxLength: limits.descriptionLength });

const webhook = {
  webhookUuid: Uuid,
  url: Type.String(),
  description: Type.String(),
  events: Type.Array(WebhookEventType),
  isEnabled: Type.Boolean({
    description: 'While it is false nothing is sent, and events are not kept for it.',
  }),
  failingSince: Nullable(
    Type.String({
      format: 'date-time',
      description: 'Since when no delivery was taken; after 5 days the webhook is switched off.',
    }),
  ),
  pendingCount: Type.Integer({ minimum: 0, description: 'Deliveries that wait for an attempt.' }),
  createdAt: Timestamp,
};
export const Webhook = Type.Object(webhook);
export type Webhook = Static<typeof Webhook>;
export const WebhookList = Type.Object({ results: Type.Array(Webhook) });

export const CreateWebhook = Type.Object(
  { url: Url, events: Events, description: Type.Optional(Description) },
  { additionalProperties: false },
);
export type CreateWebhook = Static<typeof CreateWebhook>;

const secret = Type.String({ description: 'Begins with whsec_. Shown this once.' });
export const WebhookWithSecret = Type.Object({ ...webhook, secret });
export type WebhookWithSecret = Static<typeof WebhookWithSecret>;

export const PatchWebhook = Type.Object(
  {
    url: Type.Optional(Url),
    events: Type.Optional(Events),
    description: Type.Optional(Description),
    isEnabled: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
);
export type PatchWebhook = Static<typeof PatchWebhook>;

export const RotateWebhookSecret = Type.Object(
  {
    overlapHours: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: limits.webhookOverlapHours,
        default: 24,
        description: 'So long the secrets so far sign beside the new one; 0: they are known to others.',
      }),
    ),
  },
  { additionalProperties: false },
);
export const RotatedWebhookSecret = Type.Object({ secret, previousSignsUntil: Nullable(Timestamp) });
export type RotatedWebhookSecret = Static<typeof RotatedWebhookSecret>;

export const webhookDeliveryStatuses = ['pending', 'delivered', 'failed'] as const;
export const WebhookDeliveryStatus = OneOf(webhookDeliveryStatuses);
export type WebhookDeliveryStatus = Static<typeof WebhookDeliveryStatus>;

export const WebhookDelivery = Type.Object({
  deliveryUuid: Uuid,
  webhookId: Type.String({ description: 'The header webhook-id: the same for each attempt.' }),
  eventType: Type.String(),
  status: WebhookDeliveryStatus,
  attemptsCount: Type.Integer({ minimum: 0 }),
  createdAt: Timestamp,
  lastAttemptAt: Nullable(Timestamp),
  nextAttemptAt: Nullable(Timestamp),
  responseStatus: Nullable(Type.Integer()),
  responseBody: Nullable(Type.String({ description: 'The first 1024 characters.' })),
  error: Nullable(Type.String({ description: 'Why there was no answer, or which answer is no success.' })),
  durationMs: Nullable(Type.Integer({ minimum: 0 })),
  payload: JsonObject,
});
export type WebhookDelivery = Static<typeof WebhookDelivery>;
export const WebhookDeliveryPage = Page(WebhookDelivery);
export const ListWebhookDeliveriesQuery = Type.Object({
  ...pageQuery,
  status: Type.Optional(WebhookDeliveryStatus),
});
