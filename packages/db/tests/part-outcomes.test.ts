import type { Database } from '@latchkey/db/engine/executor';
import { migrate } from '@latchkey/db/migrate/migrate';
import { unitOutcome } from '@latchkey/db/upload-jobs/parts';
import { getPartOutcomes, listFaultyParts, listPartOutcomes } from '@latchkey/db/upload-jobs/parts-reader';
import {
  claimPart,
  finishPart,
  insertParts,
  releasePart,
  reopenParts,
} from '@latchkey/db/upload-jobs/parts-writer';
import { addProgress, finishUploadJob } from '@latchkey/db/upload-jobs/writer';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { engines, useTestDatabase } from './engines.js';
import { addOwner, nextId, type Owner } from './fixtures.js';
import { addJob, partsOf } from './job-fixtures.js';
import { explained } from './plans.js';

const { none, created, skipped, renewed, error } = unitOutcome;
const allCreated = { outcomes: new Uint8Array(10).fill(created), knownItemIds: [], severalItems: {} };

describe.each(engines)('outcomes of parts on $engine', (options) => {
  const database = useTestDatabase(options);
  let db: Database;
  let owner: Owner;

  beforeAll(() => migrate(database.current.db));

  beforeEach(async () => {
    db = database.current.db;
    owner = await addOwner(db);
  });

  const counters = async (jobId: string) => {
    const text = `SELECT part, status, lease_until, units_created, units_skipped, units_renewed, units_error, outcomes, known_item_ids, several_items
      FROM upload_job_parts WHERE job_id = $1 ORDER BY part`;
    return db.query({ name: 'test.counters', text, values: [jobId] });
  };
  const untouched = {
    part: 1,
    status: 'open',
    lease_until: null,
    units_created: 0,
    units_skipped: 0,
    units_renewed: 0,
    units_error: 0,
    outcomes: null,
    known_item_ids: null,
    several_items: null,
  };

  it('count each kind, of the given bytes only, and touch no other part', async () => {
    const jobId = await addJob(db, owner, 2);
    await claimPart(db, jobId, 60);
    const knownItemIds = [nextId(), nextId(), nextId()];
    const severalItems = { 2: [nextId(), nextId()] };
    const bytes = [created, created, created, skipped, skipped, renewed, error, error, error, none];
    const within = Uint8Array.from([error, error, ...bytes, created]).subarray(2, 12);
    await finishPart(db, jobId, 0, { outcomes: within, knownItemIds, severalItems });
    expect(await counters(jobId)).toEqual([
      {
        part: 0,
        status: 'done',
        lease_until: null,
        units_created: 3,
        units_skipped: 2,
        units_renewed: 1,
        units_error: 3,
        outcomes: Buffer.from(bytes),
        known_item_ids: knownItemIds,
        several_items: { '2': severalItems[2] },
      },
      untouched,
    ]);
  });

  it('are forgotten with attempts and failures when the parts are opened again', async () => {
    const jobId = await addJob(db, owner, 1);
    await claimPart(db, jobId, 60);
    await releasePart(db, jobId, 0, { delaySeconds: 0, failed: true });
    await claimPart(db, jobId, 60);
    await finishPart(db, jobId, 0, {
      outcomes: new Uint8Array(10).fill(error),
      knownItemIds: [],
      severalItems: { 0: [nextId(), nextId()] },
    });
    await reopenParts(db, jobId);
    expect(await counters(jobId)).toEqual([{ ...untouched, part: 0 }]);
    expect(await claimPart(db, jobId, 60)).toMatchObject({ part: 0, attempts: 1, failures: 0 });
  });

  it('are listed from the part that holds a position', async () => {
    const jobId = await addJob(db, owner, 4);
    await addJob(db, owner, 4);
    await finishPart(db, jobId, 1, allCreated);
    const from = async (position: number, limit = 10) => {
      const rows = await listPartOutcomes(db, jobId, { from: position, withFaults: false, limit });
      return rows.map(({ part }) => part);
    };
    expect(await from(0)).toEqual([0, 1, 2, 3]);
    expect(await from(9, 2)).toEqual([0, 1]);
    expect(await from(10, 1)).toEqual([1]);
    expect(await from(39)).toEqual([3]);
    const [settled] = await listPartOutcomes(db, jobId, { from: 10, withFaults: false, limit: 1 });
    const outcomes = Buffer.from(allCreated.outcomes);
    expect(settled).toEqual({ ...partsOf(2)[1], outcomes, known_item_ids: null, several_items: null });
    expect(await getPartOutcomes(db, jobId, 1)).toEqual(settled);
    expect(await getPartOutcomes(db, jobId, 4)).toBeNull();
  });

  it('are listed for the parts with faults, those that were never settled among them', async () => {
    const jobId = await addJob(db, owner, 5);
    const outcomes = new Uint8Array(10).fill(created);
    await finishPart(db, jobId, 0, { outcomes, knownItemIds: [], severalItems: {} });
    await finishPart(db, jobId, 1, { outcomes: outcomes.with(3, error), knownItemIds: [], severalItems: {} });
    await finishPart(db, jobId, 2, {
      outcomes: outcomes.with(0, skipped).with(1, renewed),
      knownItemIds: [nextId(), nextId()],
      severalItems: {},
    });
    await finishPart(db, jobId, 3, { outcomes: outcomes.with(9, none), knownItemIds: [], severalItems: {} });
    const rows = await listPartOutcomes(db, jobId, { from: 0, withFaults: true, limit: 10 });
    expect(rows.map(({ part }) => part)).toEqual([1, 3, 4]);
    expect(await listFaultyParts(db, jobId)).toEqual([1, 3, 4]);
    const later = await listPartOutcomes(db, jobId, { from: 25, withFaults: true, limit: 1 });
    expect(later.map(({ part }) => part)).toEqual([3]);
  });

  it('with faults are listed by kind and then in the order of the manifest', async () => {
    const jobId = await addJob(db, owner, 0);
    const kinds = ['video', 'image', 'video', 'image'];
    const parts = partsOf(4).map((part, index) => ({ ...part, kind: kinds[index] ?? null }));
    await insertParts(db, jobId, parts);
    expect(await listFaultyParts(db, jobId)).toEqual([1, 3, 0, 2]);
  });

  it('are found by position without reading the other parts of a large job', async () => {
    const jobId = await addJob(db, owner, 5_000);
    await db.query({ name: 'test.analyze', text: 'ANALYZE upload_job_parts' });
    const plan = await explained(db, (executor) =>
      listPartOutcomes(executor, jobId, { from: 25_000, withFaults: false, limit: 3 }),
    );
    expect(plan).toContain('upload_job_parts_position');
    expect(plan).not.toContain('Seq Scan');
    expect(plan).not.toContain('Sort');
    const rows = await listPartOutcomes(db, jobId, { from: 25_004, withFaults: false, limit: 3 });
    expect(rows.map(({ part }) => part)).toEqual([2_500, 2_501, 2_502]);
  });

  it('add to the counters of their job while it is pending and in their phase', async () => {
    const jobId = await addJob(db, owner, 3);
    const progress = { done: 4, skipped: 3, renewed: 2, error: 1, checked: 0, parts: 1 };
    const part = { job_id: jobId, phase: 'registering' } as const;
    expect(await addProgress(db, part, progress)).toEqual({ parts_open: 2, units_error: 1 });
    expect(await addProgress(db, part, progress)).toEqual({ parts_open: 1, units_error: 2 });
    expect(await addProgress(db, { ...part, phase: 'checking' }, progress)).toBeNull();
    expect(await finishUploadJob(db, jobId, 'CANCELLED', [])).toEqual({ units_cancelled: 14 });
    expect(await finishUploadJob(db, jobId, 'DONE', [])).toBeNull();
    expect(await addProgress(db, part, progress)).toBeNull();
    const text =
      'SELECT status, units_done, units_skipped, units_renewed, units_error, units_cancelled FROM upload_jobs WHERE id = $1';
    expect(await db.query({ name: 'test.job', text, values: [jobId] })).toEqual([
      {
        status: 'CANCELLED',
        units_done: 8,
        units_skipped: 6,
        units_renewed: 4,
        units_error: 2,
        units_cancelled: 14,
      },
    ]);
  });
});
