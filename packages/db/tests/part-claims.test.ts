import type { Database } from '@latchkey/db/engine/executor';
import { migrate } from '@latchkey/db/migrate/migrate';
import { countOpenParts, listClaimableJobs, listParts } from '@latchkey/db/upload-jobs/parts-reader';
import {
  claimPart,
  finishAllParts,
  finishPart,
  lockOpenPart,
  releaseAllLeases,
  releasePart,
  renewLease,
} from '@latchkey/db/upload-jobs/parts-writer';
import { finishUploadJob, startRegistering } from '@latchkey/db/upload-jobs/writer';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { engines, postgresEngines, useTestDatabase } from './engines.js';
import { addOwner, column, type Owner } from './fixtures.js';
import { addJob, partsOf } from './job-fixtures.js';

const lease = 60;
const settled = { outcomes: new Uint8Array(10).fill(1), knownItemIds: [], severalItems: {} };

describe.each(engines)('claims of parts on $engine', (options) => {
  const database = useTestDatabase(options);
  let db: Database;
  let owner: Owner;

  beforeAll(() => migrate(database.current.db));

  beforeEach(async () => {
    db = database.current.db;
    await db.query({ name: 'test.clear', text: 'DELETE FROM upload_jobs' });
    owner = await addOwner(db);
  });

  const claimedNumber = async (jobId: string, seconds = lease) => (await claimPart(db, jobId, seconds))?.part;

  it('are of each part once, in the order of the manifest, with what the job asks for', async () => {
    const jobId = await addJob(db, owner, 3);
    expect(await listParts(db, jobId)).toEqual(partsOf(3));
    expect(await claimPart(db, jobId, lease)).toEqual({
      ...partsOf(1)[0],
      job_id: jobId,
      attempts: 1,
      failures: 0,
      phase: 'registering',
      ignore_errors: true,
      skip_duplicate_urls: true,
      upsert_metadata: false,
      allow_expired_urls: false,
      created_at: expect.any(Date),
      folder_id: owner.folderId,
      integration_id: owner.integrationId,
      created_by: owner.userId,
      spool_key: `spool-${jobId}`,
      csv_columns: null,
      started_at: null,
      units_done: 0,
      units_skipped: 0,
      units_renewed: 0,
    });
    expect([await claimedNumber(jobId), await claimedNumber(jobId)]).toEqual([1, 2]);
    expect(await claimPart(db, jobId, lease)).toBeNull();
    expect(await countOpenParts(db)).toBe(3);
  });

  it('come again when a lease has ended, and are counted', async () => {
    const jobId = await addJob(db, owner, 1);
    await claimPart(db, jobId, 0);
    await claimPart(db, jobId, 0);
    expect(await claimPart(db, jobId, lease)).toMatchObject({ part: 0, attempts: 3, failures: 0 });
    expect(await claimPart(db, jobId, lease)).toBeNull();
  });

  it('are kept by renewing the lease', async () => {
    const jobId = await addJob(db, owner, 1);
    await claimPart(db, jobId, 0);
    await renewLease(db, jobId, 0, lease);
    expect(await claimPart(db, jobId, lease)).toBeNull();
  });

  it('come again after a release, once its delay has passed, and only a failure is counted', async () => {
    const jobId = await addJob(db, owner, 1);
    await claimPart(db, jobId, lease);
    await releasePart(db, jobId, 0, { delaySeconds: 0, failed: true });
    expect(await claimPart(db, jobId, lease)).toMatchObject({ attempts: 2, failures: 1 });
    await releasePart(db, jobId, 0, { delaySeconds: 0, failed: false });
    expect(await claimPart(db, jobId, lease)).toMatchObject({ attempts: 2, failures: 1 });
    await releasePart(db, jobId, 0, { delaySeconds: lease, failed: true });
    expect(await claimPart(db, jobId, lease)).toBeNull();
  });

  it('are all free again after the leases of dead processes are released', async () => {
    const jobs = [await addJob(db, owner, 2), await addJob(db, owner, 1)];
    for (const jobId of jobs) await claimPart(db, jobId, lease);
    await releaseAllLeases(db);
    expect([await claimedNumber(jobs[0] ?? ''), await claimedNumber(jobs[1] ?? '')]).toEqual([0, 0]);
  });

  it('never come back for a part that is done, whatever happens to its lease', async () => {
    const jobId = await addJob(db, owner, 1);
    await claimPart(db, jobId, 0);
    await finishPart(db, jobId, 0, settled);
    await renewLease(db, jobId, 0, lease);
    await releasePart(db, jobId, 0, { delaySeconds: 0, failed: true });
    expect(await claimPart(db, jobId, lease)).toBeNull();
    expect(await lockOpenPart(db, jobId, 0)).toBe(false);
    const text = 'SELECT status, lease_until, failures FROM upload_job_parts WHERE job_id = $1';
    expect(await db.query({ name: 'test.part', text, values: [jobId] })).toEqual([
      { status: 'done', lease_until: null, failures: 0 },
    ]);
  });

  it('do not come from a job that has ended', async () => {
    const jobId = await addJob(db, owner, 2);
    expect(await finishAllParts(db, jobId)).toBe(2);
    expect(await finishAllParts(db, jobId)).toBe(0);
    const other = await addJob(db, owner, 2);
    await finishUploadJob(db, other, 'CANCELLED', []);
    expect([await claimPart(db, jobId, lease), await claimPart(db, other, lease)]).toEqual([null, null]);
    expect(await listClaimableJobs(db, null)).toEqual([]);
  });

  it('are of every part while an all-or-nothing job is checked, and of the first one while it registers', async () => {
    const jobId = await addJob(db, owner, 3, { ignoreErrors: false });
    expect(await claimPart(db, jobId, 0)).toMatchObject({ part: 0, phase: 'checking' });
    await finishPart(db, jobId, 0, settled);
    expect(await claimedNumber(jobId)).toBe(1);
    await db.query({
      name: 'test.reopen',
      text: `UPDATE upload_job_parts SET status = 'open', lease_until = NULL`,
    });
    await startRegistering(db, jobId);
    expect(await claimPart(db, jobId, lease)).toMatchObject({ part: 0, phase: 'registering' });
    expect(await claimPart(db, jobId, lease)).toBeNull();
    expect(await listClaimableJobs(db, null)).toEqual([]);
  });

  it('go round the jobs, beginning behind the one before', async () => {
    const [a = '', b = '', c = ''] = [
      await addJob(db, owner, 1),
      await addJob(db, owner, 9),
      await addJob(db, owner, 1),
    ];
    expect(await listClaimableJobs(db, null)).toEqual([a, b, c]);
    expect(await listClaimableJobs(db, a)).toEqual([b, c, a]);
    expect(await listClaimableJobs(db, b)).toEqual([c, a, b]);
    expect(await listClaimableJobs(db, c)).toEqual([a, b, c]);
    await claimPart(db, c, lease);
    expect(await listClaimableJobs(db, b)).toEqual([a, b]);
    await db.query({ name: 'test.delete', text: 'DELETE FROM upload_jobs WHERE id = $1', values: [a] });
    expect(await listClaimableJobs(db, a)).toEqual([b]);
  });

  it('reach each of more jobs than one list names', async () => {
    const jobs: string[] = [];
    for (let index = 0; index < 120; index++) jobs.push(await addJob(db, owner, 2));
    expect(await listClaimableJobs(db, null)).toEqual(jobs.slice(0, 100));
    const visited: string[] = [];
    for (let last: string | null = null; visited.length < jobs.length; ) {
      const [next = ''] = await listClaimableJobs(db, last);
      visited.push(next);
      last = next;
    }
    expect(visited).toEqual(jobs);
  });
});

describe.each(postgresEngines)('claims of parts by many connections of PostgreSQL', (options) => {
  const database = useTestDatabase({ ...options, maxConnections: 16 });

  beforeAll(() => migrate(database.current.db));

  async function claimAll(db: Database, jobs: readonly string[]): Promise<string[]> {
    const claimed: string[] = [];
    for (const jobId of jobs) {
      for (;;) {
        const part = await claimPart(db, jobId, lease);
        if (part === null) break;
        claimed.push(`${part.job_id} ${part.part}`);
      }
    }
    return claimed;
  }

  it('give each part to exactly one of them, and again when the leases have ended', async () => {
    const { db } = database.current;
    const owner = await addOwner(db);
    const jobs = [await addJob(db, owner, 60), await addJob(db, owner, 3), await addJob(db, owner, 60)];
    const all = await column<string>(
      db,
      `SELECT job_id || ' ' || part FROM upload_job_parts ORDER BY job_id, part`,
    );
    const race = async (): Promise<string[]> => {
      const claims = await Promise.all(Array.from({ length: 16 }, () => claimAll(db, jobs)));
      return claims.flat().sort();
    };
    expect(await race()).toEqual([...all].sort());
    expect(await race()).toEqual([]);
    await db.query({
      name: 'test.expire',
      text: `UPDATE upload_job_parts SET lease_until = now() - interval '1 second'`,
    });
    expect(await race()).toEqual([...all].sort());
    expect(await column(db, 'SELECT DISTINCT attempts FROM upload_job_parts')).toEqual([2]);
  });

  it('pass over a part that is being committed, without waiting, and its lease is left alone', async () => {
    const { db } = database.current;
    const jobId = await addJob(db, await addOwner(db), 2);
    await claimPart(db, jobId, 0);
    await db.transaction(async (tx) => {
      expect(await lockOpenPart(tx, jobId, 0)).toBe(true);
      expect((await claimPart(db, jobId, 0))?.part).toBe(1);
      await renewLease(db, jobId, 0, lease);
      await finishPart(tx, jobId, 0, settled);
    });
    const text = 'SELECT status, lease_until FROM upload_job_parts WHERE job_id = $1 AND part = 0';
    expect(await db.query({ name: 'test.part', text, values: [jobId] })).toEqual([
      { status: 'done', lease_until: null },
    ]);
  });

  it('let one of two workers that hold the same part commit it', async () => {
    const { db } = database.current;
    const jobId = await addJob(db, await addOwner(db), 1);
    await claimPart(db, jobId, 0);
    await claimPart(db, jobId, lease);
    const commit = () =>
      db.transaction(async (tx) => {
        const mine = await lockOpenPart(tx, jobId, 0);
        if (mine) await finishPart(tx, jobId, 0, settled);
        return mine;
      });
    const outcomes = await Promise.all(Array.from({ length: 6 }, commit));
    expect(outcomes.filter((mine) => mine)).toHaveLength(1);
  });
});
