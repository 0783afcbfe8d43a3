import type { CopyColumns } from '../engine/copy-rows.js';
import type { Executor } from '../engine/executor.js';
import type { GatewayValue } from '../integrations/reader.js';

/** What a manifest says of the bytes, or measuring them does. */
const mediaColumns = {
  file_size: 'bigint',
  mime_type: 'text',
  width: 'integer',
  height: 'integer',
  duration: 'double',
  fps: 'double',
  audio_sample_rate: 'integer',
  audio_bit_depth: 'integer',
  audio_codec: 'text',
  audio_num_channels: 'integer',
  num_pages: 'integer',
  frame_count: 'integer',
  media_details: 'jsonb',
} as const satisfies CopyColumns<string>;

/** Columns of new items in the order in which `COPY` lists them. The id is the first. */
export const newItemColumns = {
  id: 'uuid',
  folder_id: 'uuid',
  integration_id: 'uuid',
  created_by: 'uuid',
  type: 'text',
  name: 'text',
  url_head: 'text',
  url_tail_sealed: 'bytea',
  identity_hash: 'bytea',
  expires_at: 'timestamptz',
  expiry_certainty: 'text',
  metadata_source: 'text',
  ...mediaColumns,
  client_metadata: 'jsonb',
} as const satisfies CopyColumns<string>;
export type NewItemColumn = keyof typeof newItemColumns;
export type MediaColumn = keyof typeof mediaColumns;

const newItemColumnNames = Object.keys(newItemColumns);

/** A lock of this transaction is waited for no longer; the statement then fails as `lock_timeout`. */
export async function boundLockWaits(tx: Executor, seconds: number): Promise<void> {
  const text = `SELECT set_config('lock_timeout', $1, true)`;
  await tx.query({ name: 'newItems.boundLockWaits', text, values: [`${seconds}s`] });
}

/**
 * Held until the end of the transaction. False: no such folder. `alone` keeps other registrations out of the folder,
 * so that jobs that skip duplicates see each other's items, and so that a job of several kinds does not take the
 * folder's counts in another order than a rival.
 */
export async function lockFolder(tx: Executor, folderId: string, alone: boolean): Promise<boolean> {
  const text = `SELECT id FROM folders WHERE id = $1 FOR ${alone ? 'NO KEY UPDATE' : 'SHARE'}`;
  return (await tx.query({ name: 'newItems.lockFolder', text, values: [folderId] })).length === 1;
}

export interface IntegrationRulesRow {
  readonly strict_client_only: boolean;
  readonly allowed_hosts: string[];
  readonly signer_url: string | null;
  readonly gateways: GatewayValue[];
  /** Of the metadata schema; null: there never was one. */
  readonly schema_revision: number | null;
}

/** Held so that a switch to strict waits for this commit. Null: the integration is gone. */
export async function lockIntegrationRules(
  tx: Executor,
  integrationId: string,
): Promise<IntegrationRulesRow | null> {
  const text = `SELECT strict_client_only, allowed_hosts, signer_url, gateways, (SELECT revision FROM client_metadata_schema) AS schema_revision
    FROM integrations WHERE id = $1 FOR SHARE`;
  const rows = await tx.query<IntegrationRulesRow>({
    name: 'newItems.lockIntegration',
    text,
    values: [integrationId],
  });
  return rows[0] ?? null;
}

/** Rows of `newItemColumns`, as `CopyRows` writes them. */
export async function copyNewItems(tx: Executor, binary: Uint8Array): Promise<void> {
  await tx.copy({ name: 'newItems.copy', table: 'items', columns: newItemColumnNames, binary });
}

export interface KnownItem {
  /** Of its identity among those asked for, from 0. */
  readonly position: number;
  readonly id: string;
  /** Epoch milliseconds. */
  readonly expires_at: number | null;
  readonly is_signed: boolean;
}

/**
 * The items of the folder with one of the identities, of which `identityHashes` has 16 bytes each; the newest first.
 * Written so that every identity is looked up in its index, whatever the statistics say of the folder's size. As an
 * array of texts, and with dates as text, a million cost a second of each side more.
 */
export async function findKnownItems(
  tx: Executor,
  folderId: string,
  identityHashes: Uint8Array,
): Promise<KnownItem[]> {
  const text = `SELECT h.position, known.id, (extract(epoch FROM known.expires_at) * 1000)::float8 AS expires_at, known.is_signed
    FROM (SELECT position, substring($2::bytea FROM 16 * position + 1 FOR 16) AS hash FROM generate_series(0, length($2::bytea) / 16 - 1) position) h
    CROSS JOIN LATERAL (
      SELECT i.id, i.expires_at, i.expiry_certainty IS NOT NULL AS is_signed FROM items i WHERE i.identity_hash = h.hash AND (i.folder_id = $1) IS TRUE OFFSET 0) known
    ORDER BY known.id DESC`;
  const values = [folderId, identityHashes];
  return tx.query<KnownItem>({ name: 'newItems.findKnown', text, values });
}

/** What stands behind `newItemColumns` in the rows of known items: true or false. */
export const knownItemFlags = ['renews', 'upserts'] as const;

/** Makes the connection's table of known items to change, empty at the start of each transaction, and fills it. */
export async function stageKnownItems(tx: Executor, binary: Uint8Array): Promise<void> {
  await tx.query({
    name: 'knownItems.create',
    text: `CREATE TEMP TABLE IF NOT EXISTS staged_items ON COMMIT DELETE ROWS AS
        SELECT ${newItemColumnNames.join(', ')}, true AS renews, true AS upserts FROM items WITH NO DATA;
      DELETE FROM staged_items`,
  });
  const columns = [...newItemColumnNames, ...knownItemFlags];
  await tx.copy({ name: 'knownItems.stage', table: 'staged_items', columns, binary });
}

/** Nothing is known of a temporary table's size: without this, and with a plain `folder_id = $1`, the planner may read all items of the folder. */
const stagedOnly = 'i.id = ANY (ARRAY(SELECT id FROM staged_items))';

/**
 * Gives known items the staged object URLs that live longer, or whose end is not known where the item's is not known
 * or over, or that need no signature where the item's has one; answers the ids of those.
 */
export async function renewKnownItems(tx: Executor, folderId: string): Promise<string[]> {
  const text = `UPDATE items i SET url_head = s.url_head, url_tail_sealed = s.url_tail_sealed, expires_at = s.expires_at,
      expiry_certainty = s.expiry_certainty, updated_at = now()
    FROM staged_items s WHERE s.renews AND i.id = s.id AND ${stagedOnly} AND (i.folder_id = $1) IS TRUE
      AND (i.expires_at IS NULL OR s.expires_at > i.expires_at OR s.expires_at IS NULL AND i.expires_at <= now()
        OR s.expires_at IS NULL AND s.expiry_certainty IS NULL AND i.expiry_certainty IS NOT NULL)
    RETURNING i.id`;
  const rows = await tx.query<{ id: string }>({ name: 'knownItems.renew', text, values: [folderId] });
  return rows.map(({ id }) => id);
}

/** Writes staged media and client metadata to known items, as far as the manifest gives them. */
export async function upsertKnownMetadata(tx: Executor, folderId: string): Promise<void> {
  const media = Object.keys(mediaColumns)
    .map((column) => `${column} = CASE WHEN s.metadata_source IS NULL THEN i.${column} ELSE s.${column} END`)
    .join(', ');
  const text = `UPDATE items i SET ${media}, metadata_source = coalesce(s.metadata_source, i.metadata_source),
      client_metadata = coalesce(s.client_metadata, i.client_metadata), updated_at = now()
    FROM staged_items s WHERE s.upserts AND i.id = s.id AND ${stagedOnly} AND (i.folder_id = $1) IS TRUE AND i.type = s.type
      AND (s.metadata_source IS NOT NULL OR s.client_metadata IS NOT NULL)`;
  await tx.query({ name: 'knownItems.upsertMetadata', text, values: [folderId] });
}
