import type { Executor } from '../engine/executor.js';

export interface WebhookRow {
  readonly id: string;
  readonly url: string;
  readonly description: string;
  readonly events: string[];
  readonly is_enabled: boolean;
  readonly failing_since: Date | null;
  readonly pending_count: number;
  readonly created_at: Date;
}

const webhookColumns = `w.id, w.url, w.description, w.events, w.is_enabled, w.failing_since, w.created_at,
  (SELECT count(*) FROM webhook_deliveries d WHERE d.webhook_id = w.id AND d.status = 'pending') AS pending_count`;

/** The oldest first. */
export async function listWebhooks(db: Executor): Promise<WebhookRow[]> {
  const text = `SELECT ${webhookColumns} FROM webhooks w ORDER BY w.id`;
  return db.query<WebhookRow>({ name: 'webhooks.list', text });
}

export async function getWebhook(db: Executor, id: string): Promise<WebhookRow | null> {
  const text = `SELECT ${webhookColumns} FROM webhooks w WHERE w.id = $1`;
  return (await db.query<WebhookRow>({ name: 'webhooks.get', text, values: [id] }))[0] ?? null;
}

export interface DeliveryRow {
  readonly id: string;
  readonly event_id: string;
  readonly type: string;
  readonly payload: string;
  readonly status: 'pending' | 'delivered' | 'failed';
  readonly attempts: number;
  readonly due_at: Date;
  readonly attempted_at: Date | null;
  readonly response_status: number | null;
  readonly response_body: string | null;
  readonly error: string | null;
  readonly duration_ms: number | null;
  readonly created_at: Date;
}

const deliveryColumns = `d.id, d.event_id, e.type, e.payload, d.status, d.attempts, d.due_at, d.attempted_at,
  d.response_status, d.response_body, d.error, d.duration_ms, d.created_at`;

/** Newest first, after the delivery `before`; `status` null: all. */
export async function listDeliveries(
  db: Executor,
  webhookId: string,
  status: string | null,
  before: string | null,
  limit: number,
): Promise<DeliveryRow[]> {
  const text = `SELECT ${deliveryColumns} FROM webhook_deliveries d JOIN webhook_events e ON e.id = d.event_id
    WHERE d.webhook_id = $1 AND ($2::text IS NULL OR d.status = $2) AND ($3::uuid IS NULL OR d.id < $3)
    ORDER BY d.id DESC LIMIT $4`;
  return db.query<DeliveryRow>({
    name: 'webhookDeliveries.list',
    text,
    values: [webhookId, status, before, limit],
  });
}

export async function getDelivery(db: Executor, webhookId: string, id: string): Promise<DeliveryRow | null> {
  const text = `SELECT ${deliveryColumns} FROM webhook_deliveries d JOIN webhook_events e ON e.id = d.event_id
    WHERE d.webhook_id = $1 AND d.id = $2`;
  const rows = await db.query<DeliveryRow>({
    name: 'webhookDeliveries.get',
    text,
    values: [webhookId, id],
  });
  return rows[0] ?? null;
}

export interface WebhookSecretRow {
  readonly id: string;
  readonly secret_sealed: Buffer;
}

/** Those that sign now, the newest first. */
export async function listSigningSecrets(db: Executor, webhookId: string): Promise<WebhookSecretRow[]> {
  const text = `SELECT id, secret_sealed FROM webhook_secrets
    WHERE webhook_id = $1 AND (signs_until IS NULL OR signs_until > now()) ORDER BY id DESC`;
  return db.query<WebhookSecretRow>({ name: 'webhookSecrets.list', text, values: [webhookId] });
}
