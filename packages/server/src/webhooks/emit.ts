import type { JsonObject } from '@latchkey/contract/schemas/common';
import type { WebhookEventType } from '@latchkey/contract/schemas/webhook';
import type { Executor } from '@latchkey/db/engine/executor';
import { insertDeliveries, insertWebhookEvents, listSubscribers } from '@latchkey/db/webhooks/events';
import { v7 as uuidv7 } from 'uuid';
import type { AppContext } from '../context.js';

/**
 * Writes down what the webhooks are to be told, in the transaction of what it tells of. `read` answers the data of the
 * events, and is called only where somebody is told.
 */
export async function emitEvents(
  tx: Executor,
  context: Pick<AppContext, 'now'>,
  type: WebhookEventType,
  read: () => Promise<readonly JsonObject[]>,
): Promise<void> {
  const subscribers = await listSubscribers(tx, type);
  if (subscribers.length === 0) return;
  const events = (await read()).map((data) => newEvent(type, data, context.now()));
  await insertWebhookEvents(tx, events);
  await insertDeliveries(
    tx,
    events.flatMap((event) =>
      subscribers.map((webhook_id) => ({ id: uuidv7(), webhook_id, event_id: event.id })),
    ),
  );
}

/** `now` in epoch milliseconds. The payload is kept as the text that is signed and sent. */
export function newEvent(type: string, data: JsonObject, now: number) {
  const payload = JSON.stringify({ type, timestamp: new Date(now).toISOString(), data });
  return { id: uuidv7(), type, payload };
}
