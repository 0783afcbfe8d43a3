import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Database } from '@latchkey/db/engine/executor';
import { migrate } from '@latchkey/db/migrate/migrate';
import { createTestDatabase, type TestDatabase } from '@latchkey/db/testing/test-database';
import { listClaimableJobs, listPartOutcomes } from '@latchkey/db/upload-jobs/parts-reader';
import { claimPart } from '@latchkey/db/upload-jobs/parts-writer';
import { newItemColumns } from '@latchkey/db/upload-jobs/register-items';
import { listDisposableManifests } from '@latchkey/db/upload-jobs/retention';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { engines } from './engines.js';
import {
  addFolder,
  addIntegration,
  addItems,
  addOwner,
  column,
  itemRow,
  nextId,
  type Owner,
} from './fixtures.js';

const migrations = fileURLToPath(new URL('../migrations/', import.meta.url));

/** The jobs of a database of the first version, as it wrote them. */
interface OldJobs {
  readonly finished: string;
  readonly pending: string;
}

async function addOldJobs(db: Database, owner: Owner, itemIds: readonly string[]): Promise<OldJobs> {
  const [finished, pending] = [nextId(), nextId()];
  const text = `
    INSERT INTO upload_jobs (id, folder_id, integration_id, created_by, status, phase, ignore_errors, skip_duplicate_urls,
        upsert_metadata, file_name, spool_key, units_total, units_done, units_error, parts_open, warnings, finished_at)
      SELECT id, '${owner.folderId}', '${owner.integrationId}', '${owner.userId}', status, phase, true, true, false, 'a.json', spool,
        total, done, error, open, '[{"message": "old"}]', finished
      FROM (VALUES ('${finished}'::uuid, 'DONE', 'finished', 'old-finished', 3, 2, 1, 0, now()),
                   ('${pending}'::uuid, 'PENDING', 'registering', 'old-pending', 30, 10, 0, 2, NULL))
        AS old (id, status, phase, spool, total, done, error, open, finished);
    INSERT INTO upload_job_parts (job_id, part, first_position, kind, first_element, unit_count, byte_start, byte_end, first_line,
        first_column, status, attempts, lease_until)
      VALUES ('${finished}', 0, 0, 'image', 0, 3, 10, 90, 2, 3, 'done', 1, NULL), ('${pending}', 0, 0, 'image', 0, 10, 10, 90, 2, 3, 'done', 1, NULL),
        ('${pending}', 1, 10, 'image', 10, 10, 90, 170, 12, 3, 'open', 1, now() - interval '1 minute'),
        ('${pending}', 2, 20, 'video', 0, 10, 170, 250, 22, 3, 'open', 0, NULL);
    INSERT INTO upload_job_items (job_id, position, item_id, name)
      SELECT '${finished}', index - 1, id, 'item' FROM unnest(ARRAY['${itemIds.slice(0, 2).join("','")}']::uuid[]) WITH ORDINALITY AS i (id, index);
    INSERT INTO unit_errors (job_id, position, id, kind, element, line, column_number, field, code, message, hint, title, object_url)
      VALUES ('${finished}', 2, '${nextId()}', 'image', 2, 5, 7, 'objectUrl', 'url_invalid', 'no URL', 'give one', 'third', NULL);
    INSERT INTO notifications (id, user_id, kind, upload_job_id) VALUES ('${nextId()}', '${owner.userId}', 'uploadJob', '${finished}')`;
  await db.query({ name: 'test.oldJobs', text });
  return { finished, pending };
}

const kept = {
  items: `SELECT to_jsonb(i) - 'frame_count' - 'media_details' AS item FROM items i ORDER BY id`,
  folders: 'SELECT * FROM folders ORDER BY id',
  'counts of folders': 'SELECT * FROM folder_item_counts ORDER BY folder_id, type',
  'counts of integrations': 'SELECT * FROM integration_item_counts ORDER BY integration_id',
  'unit errors': 'SELECT * FROM unit_errors ORDER BY job_id, position',
  notifications:
    'SELECT id, user_id, kind, upload_job_id, created_at, read_at FROM notifications ORDER BY id',
  parts: `SELECT job_id, part, first_position, kind, first_element, unit_count, byte_start, byte_end, first_line, first_column, status,
    attempts, lease_until FROM upload_job_parts ORDER BY job_id, part`,
  jobs: `SELECT id, folder_id, integration_id, created_by, status, phase, ignore_errors, skip_duplicate_urls, upsert_metadata, file_name,
    spool_key, units_total, units_done, units_skipped, units_renewed, units_error, units_cancelled, parts_open, cancel_requested_at,
    errors, warnings, created_at, finished_at FROM upload_jobs ORDER BY id`,
};

async function readKept(db: Database): Promise<Map<string, unknown[]>> {
  const tables = new Map<string, unknown[]>();
  for (const [name, text] of Object.entries(kept)) tables.set(name, await db.query({ name, text }));
  return tables;
}

describe.each(engines)('a database of the first version on $engine', (options) => {
  let database: TestDatabase;
  let db: Database;
  let firstVersion: string;
  let owner: Owner;
  let jobs: OldJobs;
  let before: Map<string, unknown[]>;
  let applied: string[];

  beforeAll(async () => {
    firstVersion = await mkdtemp(path.join(tmpdir(), 'latchkey-migrations-'));
    await copyFile(`${migrations}0001-foundation.sql`, path.join(firstVersion, '0001-foundation.sql'));
    database = await createTestDatabase(options);
    db = database.db;
    await migrate(db, firstVersion);
    owner = await addOwner(db);
    const other = await addFolder(db, owner.userId);
    const ids = [nextId(), nextId(), nextId()];
    const { frame_count: _count, media_details: _details, ...columns } = newItemColumns;
    const items = [
      { file_size: 100, metadata_source: 'manifest', client_metadata: '{"a": 1}' },
      { type: 'video', integration_id: await addIntegration(db, owner.userId), duration: 1.5 },
      { folder_id: other, integration_id: null },
    ];
    const rows = items.map((item, index) =>
      itemRow(owner, { ...item, id: ids[index] ?? null }, null, columns),
    );
    await db.copy({
      name: 'test.items',
      table: 'items',
      columns: Object.keys(columns),
      binary: Buffer.concat(rows),
    });
    jobs = await addOldJobs(db, owner, ids);
    before = await readKept(db);
    ({ applied } = await migrate(db));
  });

  afterAll(async () => {
    await database.drop();
    await rm(firstVersion, { recursive: true, force: true });
  });

  it('is upgraded once', async () => {
    expect(applied[0]).toBe('0002-registration-at-scale');
    expect(await migrate(db)).toEqual({ applied: [] });
  });

  it.each(Object.keys(kept))('keeps its %s', async (name) => {
    expect(before.get(name)).not.toEqual([]);
    expect((await readKept(db)).get(name)).toEqual(before.get(name));
  });

  it('gives what is new in jobs and parts the values of what has not happened', async () => {
    const job = `SELECT DISTINCT format, started_at, units_checked, idempotency_key, content_hash FROM upload_jobs`;
    expect(await db.query({ name: 'test.jobs', text: job })).toEqual([
      { format: 'json', started_at: null, units_checked: 0, idempotency_key: null, content_hash: null },
    ]);
    const part = `SELECT DISTINCT outcomes, known_item_ids, failures, units_created, units_skipped, units_renewed, units_error FROM upload_job_parts`;
    const none = { failures: 0, units_created: 0, units_skipped: 0, units_renewed: 0, units_error: 0 };
    expect(await db.query({ name: 'test.parts', text: part })).toEqual([
      { outcomes: null, known_item_ids: null, ...none },
    ]);
  });

  it('has no table of the items of jobs any more', async () => {
    expect(await column(db, `SELECT to_regclass('upload_job_items')::text`)).toEqual([null]);
  });

  it('keys items by folder, type and id', async () => {
    const text = `SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = 'items'::regclass AND contype IN ('p', 'f')`;
    expect(await column(db, text)).toEqual(['PRIMARY KEY (folder_id, type, id)']);
    const indexes = `SELECT indexrelid::regclass::text FROM pg_index WHERE indrelid = 'items'::regclass AND indisvalid ORDER BY 1`;
    const names = ['items_by_id', 'items_by_identity', 'items_by_name', 'items_pkey'];
    expect(await column(db, indexes)).toEqual(names);
  });

  it('goes on to check references and to count', async () => {
    await addItems(db, owner, [{ file_size: 11 }]);
    const counts = `SELECT items_count, total_size FROM folder_item_counts WHERE folder_id = $1 AND type = 'image'`;
    expect(await db.query({ name: 'test.counts', text: counts, values: [owner.folderId] })).toEqual([
      { items_count: 2, total_size: 111 },
    ]);
    const lost = addItems(db, owner, [{ folder_id: nextId() }]);
    await expect(lost).rejects.toMatchObject({ sqlState: '23503', constraint: 'items_folder' });
  });

  it('knows the manifests of its jobs in the spool, and disposes of none that is needed', async () => {
    expect(await column(db, 'SELECT spool_key FROM spooled_manifests ORDER BY 1')).toEqual([
      'old-finished',
      'old-pending',
    ]);
    expect(await listDisposableManifests(db, 3_600, 10)).toEqual([]);
    expect(await listDisposableManifests(db, 0, 10)).toEqual(['old-finished']);
  });

  it('has no outcomes of units that were registered before', async () => {
    const outcomes = await listPartOutcomes(db, jobs.finished, { from: 0, withFaults: false, limit: 10 });
    expect(outcomes).toMatchObject([{ part: 0, unitCount: 3, outcomes: null, known_item_ids: null }]);
  });

  it('goes on with the job that was pending, at the part whose lease has ended', async () => {
    expect(await listClaimableJobs(db, null)).toEqual([jobs.pending]);
    const claimed = [await claimPart(db, jobs.pending, 60), await claimPart(db, jobs.pending, 60)];
    expect(claimed).toMatchObject([
      { job_id: jobs.pending, part: 1, kind: 'image', firstPosition: 10, attempts: 2, failures: 0 },
      { job_id: jobs.pending, part: 2, kind: 'video', firstPosition: 20, attempts: 1, failures: 0 },
    ]);
    expect(await claimPart(db, jobs.pending, 60)).toBeNull();
  });

  it('is refused to the first version from then on, which says what to do', async () => {
    const opening = migrate(db, firstVersion);
    await expect(opening).rejects.toMatchObject({ code: 'migration_refused' });
    await expect(opening).rejects.toThrow(
      /0002-registration-at-scale, which this version .* Start the newer version/,
    );
  });
});
