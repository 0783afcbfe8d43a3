import type { Executor } from '../engine/executor.js';

const mediaColumns = [
  'file_size',
  'mime_type',
  'width',
  'height',
  'duration',
  'fps',
  'audio_sample_rate',
  'audio_bit_depth',
  'audio_codec',
  'audio_num_channels',
  'num_pages',
] as const;

/** Columns of the staging table in the order in which `COPY` text lists them. */
export const stagedColumns = [
  'position',
  'id',
  'type',
  'name',
  'url_head',
  'url_tail_sealed',
  'identity_hash',
  'expires_at',
  'expiry_certainty',
  'metadata_source',
  ...mediaColumns,
  'client_metadata',
] as const;

/** Makes the connection's staging table, empty at the start of each transaction. */
export async function createStaging(tx: Executor): Promise<void> {
  const text = `CREATE TEMP TABLE IF NOT EXISTS staged_units (
      position bigint NOT NULL, id uuid NOT NULL, type text COLLATE "C" NOT NULL, name text COLLATE "C" NOT NULL, url_head text NOT NULL,
      url_tail_sealed bytea, identity_hash bytea NOT NULL, expires_at timestamptz, expiry_certainty text, metadata_source text,
      file_size bigint, mime_type text, width int, height int, duration float8, fps float8, audio_sample_rate int, audio_bit_depth int,
      audio_codec text, audio_num_channels int, num_pages int, client_metadata jsonb, known_id uuid, is_repeat boolean NOT NULL DEFAULT false
    ) ON COMMIT DELETE ROWS`;
  await tx.query({ name: 'staging.create', text });
}

export async function copyToStaging(tx: Executor, text: string): Promise<void> {
  await tx.copy({ name: 'staging.copy', table: 'staged_units', columns: stagedColumns, text });
}

export async function clearStaging(tx: Executor): Promise<void> {
  await tx.query({ name: 'staging.clear', text: 'TRUNCATE staged_units' });
}

/**
 * Held until the end of the transaction. False: no such folder. `alone` keeps other registrations out of the folder,
 * so that jobs that skip duplicates see each other's items, and so that a job of several kinds does not take the
 * folder's counts in another order than a rival.
 */
export async function lockFolder(tx: Executor, folderId: string, alone: boolean): Promise<boolean> {
  const text = `SELECT id FROM folders WHERE id = $1 FOR ${alone ? 'NO KEY UPDATE' : 'SHARE'}`;
  return (await tx.query({ name: 'staging.lockFolder', text, values: [folderId] })).length === 1;
}

/** Held so that a switch to strict waits for this commit. Null: the integration is gone. */
export async function lockIntegrationRules(
  tx: Executor,
  integrationId: string,
): Promise<{ strict_client_only: boolean; allowed_hosts: string[] } | null> {
  const text = 'SELECT strict_client_only, allowed_hosts FROM integrations WHERE id = $1 FOR SHARE';
  const rows = await tx.query<{ strict_client_only: boolean; allowed_hosts: string[] }>({
    name: 'staging.lockIntegration',
    text,
    values: [integrationId],
  });
  return rows[0] ?? null;
}

/** Finds staged units whose object is in the folder already, or earlier in the staging table. */
export async function markDuplicates(tx: Executor, folderId: string): Promise<void> {
  const known = `UPDATE staged_units s SET known_id = k.id
    FROM (SELECT DISTINCT ON (i.identity_hash) i.identity_hash, i.id FROM items i
          WHERE i.folder_id = $1 AND i.identity_hash IN (SELECT identity_hash FROM staged_units)
          ORDER BY i.identity_hash, i.id) k
    WHERE k.identity_hash = s.identity_hash`;
  await tx.query({ name: 'staging.markKnown', text: known, values: [folderId] });
  const repeats = `UPDATE staged_units s SET is_repeat = true
    FROM (SELECT position, row_number() OVER (PARTITION BY identity_hash ORDER BY position) AS nth FROM staged_units) r
    WHERE r.position = s.position AND r.nth > 1`;
  await tx.query({ name: 'staging.markRepeats', text: repeats });
}

/** Gives known items the staged signature where it lives longer than theirs; answers how many. */
export async function renewKnownItems(tx: Executor, folderId: string): Promise<number> {
  const text = `UPDATE items i SET url_head = s.url_head, url_tail_sealed = s.url_tail_sealed, expires_at = s.expires_at,
      expiry_certainty = s.expiry_certainty, updated_at = now()
    FROM (SELECT DISTINCT ON (known_id) * FROM staged_units WHERE known_id IS NOT NULL AND expires_at IS NOT NULL
          ORDER BY known_id, expires_at DESC) s
    WHERE i.folder_id = $1 AND i.id = s.known_id AND (i.expires_at IS NULL OR s.expires_at > i.expires_at) RETURNING 1 AS one`;
  return (await tx.query({ name: 'staging.renew', text, values: [folderId] })).length;
}

/** Writes staged media and client metadata to known items, as far as the manifest gives them; the last unit wins. */
export async function upsertKnownMetadata(tx: Executor, folderId: string): Promise<void> {
  const media = mediaColumns
    .map((column) => `${column} = CASE WHEN s.metadata_source IS NULL THEN i.${column} ELSE s.${column} END`)
    .join(', ');
  const text = `UPDATE items i SET ${media}, metadata_source = coalesce(s.metadata_source, i.metadata_source),
      client_metadata = coalesce(s.client_metadata, i.client_metadata), updated_at = now()
    FROM (SELECT DISTINCT ON (known_id) * FROM staged_units WHERE known_id IS NOT NULL ORDER BY known_id, position DESC) s
    WHERE i.folder_id = $1 AND i.id = s.known_id AND i.type = s.type AND (s.metadata_source IS NOT NULL OR s.client_metadata IS NOT NULL)`;
  await tx.query({ name: 'staging.upsertMetadata', text, values: [folderId] });
}

export interface NewItemsOwner {
  readonly jobId: string;
  readonly folderId: string;
  readonly integrationId: string;
  readonly createdBy: string;
}

/** Makes items of the staged units that are not duplicates; answers how many. */
export async function insertStagedItems(tx: Executor, owner: NewItemsOwner): Promise<number> {
  const columns = stagedColumns.filter((column) => column !== 'position').join(', ');
  const text = `WITH inserted AS (
      INSERT INTO items (folder_id, integration_id, created_by, ${columns})
      SELECT $1, $2, $3, ${columns} FROM staged_units WHERE known_id IS NULL AND NOT is_repeat ORDER BY position
      RETURNING 1)
    SELECT count(*) AS inserted FROM inserted`;
  const rows = await tx.query<{ inserted: number }>({
    name: 'staging.insertItems',
    text,
    values: [owner.folderId, owner.integrationId, owner.createdBy],
  });
  return rows[0]?.inserted ?? 0;
}

/** Remembers the first items of the job for its result, up to the position `limit`. */
export async function insertJobItems(tx: Executor, jobId: string, limit: number): Promise<void> {
  const text = `INSERT INTO upload_job_items (job_id, position, item_id, name)
    SELECT $1, position, id, name FROM staged_units WHERE known_id IS NULL AND NOT is_repeat AND position < $2`;
  await tx.query({ name: 'staging.insertJobItems', text, values: [jobId, limit] });
}
