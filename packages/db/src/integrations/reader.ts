import type { Executor } from '../engine/executor.js';
import { sharedFolders } from '../folders/visibility.js';

export type Role = 'user' | 'admin';

export interface GatewayValue {
  readonly url: string;
  readonly bucketUrl: string | null;
}

export interface IntegrationRow {
  readonly id: string;
  readonly title: string;
  readonly strict_client_only: boolean;
  readonly allowed_hosts: string[];
  readonly signer_url: string | null;
  readonly gateways: GatewayValue[];
  readonly created_at: Date;
  readonly updated_at: Date;
  /** The highest of the user; null: none. */
  readonly role: Role | null;
  readonly items_count: number;
  readonly unmeasured_count: number;
}

/** The highest role of the user, his own or through a group; null: none. */
const roleIn = (userId: string): string =>
  `SELECT min(a.role) AS role FROM integration_access a WHERE a.integration_id = i.id AND a.user_id = ${userId}`;

const select = `SELECT i.id, i.title, i.strict_client_only, i.allowed_hosts, i.signer_url, i.gateways, i.created_at, i.updated_at, m.role,
    coalesce(c.items_count, 0) AS items_count, coalesce(c.unmeasured_count, 0) AS unmeasured_count
  FROM integrations i
  CROSS JOIN LATERAL (${roleIn('$1')}) m
  LEFT JOIN integration_item_counts c ON c.integration_id = i.id`;

export interface IntegrationFilter {
  readonly userId: string;
  /** Also integrations that the user is not a member of. */
  readonly all: boolean;
  readonly ids: readonly string[] | null;
  readonly titles: readonly string[] | null;
}

export async function listIntegrations(db: Executor, filter: IntegrationFilter): Promise<IntegrationRow[]> {
  const text = `${select}
    WHERE ($2 OR m.role IS NOT NULL) AND ($3::uuid[] IS NULL OR i.id = ANY ($3)) AND ($4::text[] IS NULL OR i.title = ANY ($4))
    ORDER BY i.title`;
  return db.query<IntegrationRow>({
    name: 'integrations.list',
    text,
    values: [filter.userId, filter.all, filter.ids, filter.titles],
  });
}

export async function getIntegration(
  db: Executor,
  id: string,
  userId: string,
): Promise<IntegrationRow | null> {
  const rows = await db.query<IntegrationRow>({
    name: 'integrations.get',
    text: `${select} WHERE i.id = $2`,
    values: [userId, id],
  });
  return rows[0] ?? null;
}

/** Null: no such integration. A null role: not a member. */
export async function getIntegrationRole(
  db: Executor,
  id: string,
  userId: string,
): Promise<{ role: Role | null } | null> {
  const text = `SELECT (${roleIn('$2')}) AS role FROM integrations i WHERE i.id = $1`;
  const rows = await db.query<{ role: Role | null }>({
    name: 'integrations.role',
    text,
    values: [id, userId],
  });
  return rows[0] ?? null;
}

/** Integrations that `i` may be for a user: the user's own, and those whose data was registered into folders that the user may see. */
const usable = `($2 OR i.id IN (SELECT a.integration_id FROM integration_access a WHERE a.user_id = $1) OR EXISTS (
      SELECT 1 FROM upload_jobs j JOIN folders f ON f.id = j.folder_id
      WHERE j.integration_id = i.id AND f.path && ${sharedFolders('$1')}))`;

/**
 * Origins that a user's browser may load data from. Where a signer makes the URLs, they may be of any allowed host:
 * none of them needs to have been registered.
 */
export async function listDataOrigins(db: Executor, userId: string, all: boolean): Promise<string[]> {
  const text = `SELECT o.origin FROM integration_origins o JOIN integrations i ON i.id = o.integration_id WHERE ${usable}
    UNION SELECT 'https://' || unnest(i.allowed_hosts) FROM integrations i WHERE i.signer_url IS NOT NULL AND ${usable}
    ORDER BY origin LIMIT 500`;
  const rows = await db.query<{ origin: string }>({
    name: 'integrations.dataOrigins',
    text,
    values: [userId, all],
  });
  return rows.map(({ origin }) => origin);
}

/** Signers that a user's browser may ask. */
export async function listSignerUrls(db: Executor, userId: string, all: boolean): Promise<string[]> {
  const text = `SELECT DISTINCT i.signer_url FROM integrations i WHERE i.signer_url IS NOT NULL AND ${usable}
    ORDER BY i.signer_url LIMIT 100`;
  const rows = await db.query<{ signer_url: string }>({
    name: 'integrations.signerUrls',
    text,
    values: [userId, all],
  });
  return rows.map(({ signer_url }) => signer_url);
}

export interface SignerRow {
  readonly id: string;
  readonly signer_url: string;
  readonly allowed_hosts: string[];
  readonly gateways: GatewayValue[];
}

/** Of these integrations, those that have a signer. */
export async function listSigners(db: Executor, ids: readonly string[]): Promise<SignerRow[]> {
  const text = `SELECT id, signer_url, allowed_hosts, gateways FROM integrations
    WHERE id = ANY ($1::uuid[]) AND signer_url IS NOT NULL ORDER BY id`;
  return db.query<SignerRow>({ name: 'integrations.signers', text, values: [ids] });
}

/** Of the integrations with gateways that the user is a member of, or of all. */
export async function listGateways(db: Executor, userId: string, all: boolean): Promise<GatewayValue[][]> {
  const text = `SELECT DISTINCT i.gateways FROM integrations i WHERE i.gateways <> '[]'
      AND ($2 OR i.id IN (SELECT a.integration_id FROM integration_access a WHERE a.user_id = $1))`;
  const rows = await db.query<{ gateways: GatewayValue[] }>({
    name: 'integrations.gateways',
    text,
    values: [userId, all],
  });
  return rows.map(({ gateways }) => gateways);
}

/** Whether an item of the integration, or a member of one, has a URL that matches the pattern (without regard to case). */
export async function hasItemWithUrl(db: Executor, id: string, pattern: string): Promise<boolean> {
  const text = `SELECT EXISTS (SELECT 1 FROM items i WHERE i.integration_id = $1 AND i.url_head ~* $2)
      OR EXISTS (SELECT 1 FROM items i JOIN item_members m ON m.item_id = i.id WHERE i.integration_id = $1 AND m.url_head ~* $2) AS found`;
  const rows = await db.query<{ found: boolean }>({
    name: 'integrations.hasItemWithUrl',
    text,
    values: [id, pattern],
  });
  return rows[0]?.found ?? false;
}
