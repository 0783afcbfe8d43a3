import type { Executor } from '../engine/executor.js';

/** Webhooks that something is due of, and whether their receiver failed last. */
export async function listDueWebhooks(db: Executor): Promise<{ id: string; is_failing: boolean }[]> {
  const text = `SELECT w.id, w.failing_since IS NOT NULL AS is_failing FROM webhooks w
    WHERE w.is_enabled AND EXISTS (SELECT 1 FROM webhook_deliveries d WHERE d.webhook_id = w.id AND d.status = 'pending'
      AND d.due_at <= now() AND (d.lease_until IS NULL OR d.lease_until <= now()))
    ORDER BY w.id`;
  return db.query({ name: 'webhooks.due', text });
}

export interface ClaimedDelivery {
  readonly id: string;
  readonly webhook_id: string;
  readonly event_id: string;
  /** This one included; names the claim. */
  readonly attempts: number;
  readonly type: string;
  readonly payload: string;
  readonly url: string;
}

/** Takes the webhook's next delivery that is due. Null: there is none, or others have them. */
export async function claimDelivery(
  db: Executor,
  webhookId: string,
  leaseSeconds: number,
): Promise<ClaimedDelivery | null> {
  const text = `WITH next AS MATERIALIZED (
      SELECT d.id, w.url FROM webhook_deliveries d JOIN webhooks w ON w.id = d.webhook_id
      WHERE d.webhook_id = $1 AND w.is_enabled AND d.status = 'pending' AND d.due_at <= now()
        AND (d.lease_until IS NULL OR d.lease_until <= now())
      ORDER BY d.due_at, d.id LIMIT 1 FOR UPDATE OF d SKIP LOCKED)
    UPDATE webhook_deliveries d SET lease_until = now() + make_interval(secs => $2), attempts = d.attempts + 1
    FROM next, webhook_events e WHERE d.id = next.id AND e.id = d.event_id
    RETURNING d.id, d.webhook_id, d.event_id, d.attempts, e.type, e.payload, next.url`;
  const rows = await db.query<ClaimedDelivery>({
    name: 'webhookDeliveries.claim',
    text,
    values: [webhookId, leaseSeconds],
  });
  return rows[0] ?? null;
}

export interface AttemptResult {
  readonly status: 'pending' | 'delivered' | 'failed';
  /** Of a pending one: until the next attempt. */
  readonly delaySeconds: number;
  readonly responseStatus: number | null;
  readonly responseBody: string | null;
  readonly error: string | null;
  readonly durationMs: number;
}

/** False: the lease had ended and another worker took the delivery, whose result counts. */
export async function finishAttempt(
  tx: Executor,
  { id, attempts }: Pick<ClaimedDelivery, 'id' | 'attempts'>,
  result: AttemptResult,
): Promise<boolean> {
  const text = `UPDATE webhook_deliveries SET status = $3, due_at = now() + make_interval(secs => $4), lease_until = NULL,
      attempted_at = now(), response_status = $5, response_body = $6, error = $7, duration_ms = $8
    WHERE id = $1 AND attempts = $2 AND status = 'pending' RETURNING id`;
  const { status, delaySeconds, responseStatus, responseBody, error, durationMs } = result;
  const values = [id, attempts, status, delaySeconds, responseStatus, responseBody, error, durationMs];
  return (await tx.query({ name: 'webhookDeliveries.finish', text, values })).length === 1;
}

/** Gives a claim back as if it had not been; it was not sent to its end. */
export async function releaseDelivery(
  db: Executor,
  { id, attempts }: Pick<ClaimedDelivery, 'id' | 'attempts'>,
): Promise<void> {
  const text = `UPDATE webhook_deliveries SET lease_until = NULL, attempts = attempts - 1
    WHERE id = $1 AND attempts = $2 AND status = 'pending'`;
  await db.query({ name: 'webhookDeliveries.release', text, values: [id, attempts] });
}

/** Makes a delivery due from its first attempt on, unless it is being sent at the moment. */
export async function restartDelivery(tx: Executor, id: string): Promise<void> {
  const text = `UPDATE webhook_deliveries SET status = 'pending', attempts = 0, due_at = now(), lease_until = NULL
    WHERE id = $1 AND (status <> 'pending' OR lease_until IS NULL OR lease_until <= now())`;
  await tx.query({ name: 'webhookDeliveries.restart', text, values: [id] });
}

export async function markWebhookSound(tx: Executor, id: string): Promise<void> {
  const text = 'UPDATE webhooks SET failing_since = NULL WHERE id = $1 AND failing_since IS NOT NULL';
  await tx.query({ name: 'webhooks.markSound', text, values: [id] });
}

/** Notes a failure; switches the webhook off after so long, or at once with 0. True: it was switched off by this. */
export async function markWebhookFailing(
  tx: Executor,
  id: string,
  disableAfterSeconds: number,
): Promise<boolean> {
  const text = `UPDATE webhooks SET failing_since = coalesce(failing_since, now()),
      is_enabled = coalesce(failing_since, now()) > now() - make_interval(secs => $2)
    WHERE id = $1 AND is_enabled RETURNING is_enabled`;
  const rows = await tx.query<{ is_enabled: boolean }>({
    name: 'webhooks.markFailing',
    text,
    values: [id, disableAfterSeconds],
  });
  return rows[0]?.is_enabled === false;
}
