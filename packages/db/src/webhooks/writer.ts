import type { Executor } from '../engine/executor.js';

export interface NewWebhook {
  readonly id: string;
  readonly url: string;
  readonly description: string;
  readonly events: readonly string[];
  readonly createdBy: string;
}

/** False: there are `most` already. */
export async function insertWebhook(tx: Executor, webhook: NewWebhook, most: number): Promise<boolean> {
  const text = `INSERT INTO webhooks (id, url, description, events, created_by)
    SELECT $1, $2, $3, $4, $5 WHERE (SELECT count(*) FROM webhooks) < $6 RETURNING id`;
  const { id, url, description, events, createdBy } = webhook;
  const values = [id, url, description, events, createdBy, most];
  return (await tx.query({ name: 'webhooks.insert', text, values })).length === 1;
}

export interface WebhookChange {
  readonly url: string | null;
  readonly description: string | null;
  readonly events: readonly string[] | null;
  readonly isEnabled: boolean | null;
}

/** Null members stay as they are. Where it is switched on, or sent elsewhere, it has not failed yet. False: there is none. */
export async function updateWebhook(tx: Executor, id: string, change: WebhookChange): Promise<boolean> {
  const text = `UPDATE webhooks SET url = coalesce($2, url), description = coalesce($3, description),
      events = coalesce($4::text[], events), is_enabled = coalesce($5, is_enabled),
      failing_since = CASE WHEN $5 OR $2 <> url THEN NULL ELSE failing_since END
    WHERE id = $1 RETURNING id`;
  const values = [id, change.url, change.description, change.events, change.isEnabled];
  return (await tx.query({ name: 'webhooks.update', text, values })).length === 1;
}

/** False: there is none. */
export async function deleteWebhook(db: Executor, id: string): Promise<boolean> {
  const text = 'DELETE FROM webhooks WHERE id = $1 RETURNING id';
  return (await db.query({ name: 'webhooks.delete', text, values: [id] })).length === 1;
}

/** Held to the end of the transaction: one secret is rotated at a time. False: there is no such webhook. */
export async function lockWebhook(tx: Executor, id: string): Promise<boolean> {
  const text = 'SELECT id FROM webhooks WHERE id = $1 FOR NO KEY UPDATE';
  return (await tx.query({ name: 'webhooks.lock', text, values: [id] })).length === 1;
}

export async function insertWebhookSecret(
  tx: Executor,
  secret: { readonly id: string; readonly webhookId: string; readonly sealed: Buffer },
): Promise<void> {
  const text = 'INSERT INTO webhook_secrets (id, webhook_id, secret_sealed) VALUES ($1, $2, $3)';
  await tx.query({
    name: 'webhookSecrets.insert',
    text,
    values: [secret.id, secret.webhookId, secret.sealed],
  });
}

/** No secret so far signs for longer than this. */
export async function endWebhookSecrets(
  tx: Executor,
  webhookId: string,
  overlapHours: number,
): Promise<void> {
  const text = `UPDATE webhook_secrets SET signs_until = least(signs_until, now() + make_interval(hours => $2)) WHERE webhook_id = $1`;
  await tx.query({ name: 'webhookSecrets.end', text, values: [webhookId, overlapHours] });
}

export async function deleteEndedWebhookSecrets(tx: Executor, webhookId: string): Promise<void> {
  const text = 'DELETE FROM webhook_secrets WHERE webhook_id = $1 AND signs_until <= now()';
  await tx.query({ name: 'webhookSecrets.deleteEnded', text, values: [webhookId] });
}
