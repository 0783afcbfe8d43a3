import type { Executor } from '../engine/executor.js';

/**
 * The webhooks that are told of a type of event. They are held to the end of the transaction, so that one that is
 * deleted meanwhile does not fail what the event tells of.
 */
export async function listSubscribers(tx: Executor, type: string): Promise<string[]> {
  const text = 'SELECT id FROM webhooks WHERE is_enabled AND $1 = ANY (events) ORDER BY id FOR KEY SHARE';
  const rows = await tx.query<{ id: string }>({ name: 'webhooks.subscribers', text, values: [type] });
  return rows.map(({ id }) => id);
}

export interface NewWebhookEvent {
  readonly id: string;
  readonly type: string;
  readonly payload: string;
}

export async function insertWebhookEvents(tx: Executor, events: readonly NewWebhookEvent[]): Promise<void> {
  const text = `INSERT INTO webhook_events (id, type, payload)
    SELECT id, type, payload FROM json_populate_recordset(NULL::webhook_events, $1)`;
  await tx.query({ name: 'webhookEvents.insert', text, values: [JSON.stringify(events)] });
}

export interface NewDelivery {
  readonly id: string;
  readonly webhook_id: string;
  readonly event_id: string;
}

/** `leaseSeconds`: whoever inserts them sends them. */
export async function insertDeliveries(
  tx: Executor,
  deliveries: readonly NewDelivery[],
  leaseSeconds: number | null = null,
): Promise<void> {
  const text = `INSERT INTO webhook_deliveries (id, webhook_id, event_id, lease_until, attempts)
    SELECT id, webhook_id, event_id, now() + make_interval(secs => $2), CASE WHEN $2 IS NULL THEN 0 ELSE 1 END
    FROM json_populate_recordset(NULL::webhook_deliveries, $1)`;
  await tx.query({
    name: 'webhookDeliveries.insert',
    text,
    values: [JSON.stringify(deliveries), leaseSeconds],
  });
}

/** Events, with their deliveries, that are older; answers how many there were, at most `limit`. */
export async function deleteOldEvents(db: Executor, keepSeconds: number, limit: number): Promise<number> {
  const text = `DELETE FROM webhook_events WHERE id IN (
      SELECT id FROM webhook_events WHERE created_at < now() - make_interval(secs => $1) ORDER BY created_at LIMIT $2)
    RETURNING id`;
  return (await db.query({ name: 'webhookEvents.deleteOld', text, values: [keepSeconds, limit] })).length;
}
