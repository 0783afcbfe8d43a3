import type { Webhook, WebhookDelivery, WebhookEventType } from '@latchkey/contract/schemas/webhook';
import type { DeliveryRow, WebhookRow } from '@latchkey/db/webhooks/reader';

export function toWebhook(row: WebhookRow): Webhook {
  return {
    webhookUuid: row.id,
    url: row.url,
    description: row.description,
    // Written by us from the contract's types.
    events: row.events as WebhookEventType[],
    isEnabled: row.is_enabled,
    failingSince: row.failing_since?.toISOString() ?? null,
    pendingCount: row.pending_count,
    createdAt: row.created_at.toISOString(),
  };
}

export const messageId = (eventId: string): string => `msg_${eventId}`;

/** What a sealed secret is bound to: the bytes of its id. */
export const secretBinding = (id: string): Buffer => Buffer.from(id.replaceAll('-', ''), 'hex');

export function toDelivery(row: DeliveryRow): WebhookDelivery {
  return {
    deliveryUuid: row.id,
    webhookId: messageId(row.event_id),
    eventType: row.type,
    status: row.status,
    attemptsCount: row.attempts,
    createdAt: row.created_at.toISOString(),
    lastAttemptAt: row.attempted_at?.toISOString() ?? null,
    nextAttemptAt: row.status === 'pending' ? row.due_at.toISOString() : null,
    responseStatus: row.response_status,
    responseBody: row.response_body,
    error: row.error,
    durationMs: row.duration_ms,
    payload: JSON.parse(row.payload),
  };
}
