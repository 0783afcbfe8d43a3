import type { Executor } from '../engine/executor.js';
import type { GatewayValue } from './reader.js';

export interface NewIntegration {
  readonly id: string;
  readonly title: string;
  readonly strictClientOnly: boolean;
  readonly allowedHosts: readonly string[];
  readonly signerUrl: string | null;
  readonly gateways: readonly GatewayValue[];
  readonly createdBy: string;
}

export async function insertIntegration(db: Executor, integration: NewIntegration): Promise<void> {
  const text = `INSERT INTO integrations (id, title, type, strict_client_only, allowed_hosts, signer_url, gateways, created_by)
    VALUES ($1, $2, 'directAccess', $3, $4, $5, $6, $7)`;
  const { id, title, strictClientOnly, allowedHosts, signerUrl, gateways, createdBy } = integration;
  await db.query({
    name: 'integrations.insert',
    text,
    values: [id, title, strictClientOnly, allowedHosts, signerUrl, JSON.stringify(gateways), createdBy],
  });
}

export interface IntegrationChange {
  readonly title: string | null;
  readonly strictClientOnly: boolean | null;
  readonly allowedHosts: readonly string[] | null;
  /** An empty text takes the signer away. */
  readonly signerUrl: string | null;
  readonly gateways: readonly GatewayValue[] | null;
}

/** Null members of the change stay as they are. */
export async function updateIntegration(db: Executor, id: string, change: IntegrationChange): Promise<void> {
  const text = `UPDATE integrations SET title = coalesce($2, title), strict_client_only = coalesce($3, strict_client_only),
      allowed_hosts = coalesce($4, allowed_hosts), signer_url = nullif(coalesce($5, signer_url), ''),
      gateways = coalesce($6, gateways), updated_at = now()
    WHERE id = $1`;
  await db.query({
    name: 'integrations.update',
    text,
    values: [
      id,
      change.title,
      change.strictClientOnly,
      change.allowedHosts,
      change.signerUrl,
      change.gateways && JSON.stringify(change.gateways),
    ],
  });
}

/** Held until the transaction ends, so that a switch to strict and a registration do not pass each other. */
export async function lockIntegration(db: Executor, id: string): Promise<boolean> {
  const text = 'SELECT id FROM integrations WHERE id = $1 FOR UPDATE';
  return (await db.query({ name: 'integrations.lock', text, values: [id] })).length === 1;
}

export async function deleteIntegration(db: Executor, id: string): Promise<void> {
  await db.query({
    name: 'integrations.delete',
    text: 'DELETE FROM integrations WHERE id = $1',
    values: [id],
  });
}

export async function deleteIntegrationItemCounts(db: Executor, id: string): Promise<void> {
  const text = 'DELETE FROM integration_item_counts WHERE integration_id = $1';
  await db.query({ name: 'integrationItemCounts.delete', text, values: [id] });
}

/** Answers those that were not there before. */
export async function insertIntegrationOrigins(
  db: Executor,
  id: string,
  origins: readonly string[],
): Promise<string[]> {
  const text = `INSERT INTO integration_origins (integration_id, origin) SELECT $1, unnest($2::text[])
    ON CONFLICT DO NOTHING RETURNING origin`;
  const rows = await db.query<{ origin: string }>({
    name: 'integrationOrigins.insert',
    text,
    values: [id, origins],
  });
  return rows.map(({ origin }) => origin);
}
