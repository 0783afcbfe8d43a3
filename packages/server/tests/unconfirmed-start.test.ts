import { DatabaseError } from '@latchkey/db/engine/errors';
import { startTestSystem, type TestSystem } from '@latchkey/testkit/start-system';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { images, newFolder, newIntegration, spooled } from './fixtures.js';
import { countRows, post, sql } from './registration-fixtures.js';

let system: TestSystem;
let folder: string;
let integration: string;
beforeEach(async () => {
  system = await startTestSystem({ worker: false });
  folder = await newFolder(system);
  integration = await newIntegration(system);
});
afterEach(() => system.close());

const manifest = JSON.stringify({ images: images(3) });
const headers = { 'idempotency-key': 'once' };

/** The connection breaks after the work of the next transaction; `commits` says whether the database got to it. */
function breakNextTransaction(commits: boolean): void {
  const { db } = system.context;
  const transaction = db.transaction.bind(db);
  const broken = new DatabaseError('unavailable', 'The connection was lost.');
  vi.spyOn(db, 'transaction').mockImplementationOnce(async (work) => {
    if (commits) await transaction(work);
    throw broken;
  });
}

it('a job that was started, though the confirmation was lost, keeps its manifest and is the one that a retry gets', async () => {
  breakNextTransaction(true);
  expect(await post(system, folder, integration, manifest, { headers })).toMatchObject({
    status: 503,
    body: { code: 'database_unavailable' },
  });
  const [job] = await sql<{ id: string }>(system, 'SELECT id FROM upload_jobs');
  const again = await post(system, folder, integration, manifest, { headers });
  expect(again).toMatchObject({ status: 200, body: job?.id });
  expect(await spooled(system)).toEqual([`${job?.id}.manifest`]);
  system.startWorker();
  await system.drain();
  expect(await sql(system, 'SELECT status, units_done, units_error FROM upload_jobs')).toEqual([
    { status: 'DONE', units_done: 3, units_error: 0 },
  ]);
});

it('a job that was not started leaves a manifest that is removed later', async () => {
  breakNextTransaction(false);
  expect(await post(system, folder, integration, manifest)).toMatchObject({ status: 503 });
  expect(await countRows(system, 'upload_jobs')).toBe(0);
  expect(await spooled(system)).toHaveLength(1);
  expect(await countRows(system, 'spooled_manifests')).toBe(1);
});
