import type { WebhookEventType } from '@latchkey/contract/schemas/webhook';

/** The events that can be chosen, as the form names them. */
export const eventNames: Readonly<Record<WebhookEventType, string>> = {
  'uploadJob.finished': 'Upload job finished (done, failed or cancelled)',
  'items.expiring': 'Items of a folder expire soon',
  'integration.created': 'Integration created',
  'integration.changed': 'Integration changed',
  'integration.deleted': 'Integration deleted',
};
