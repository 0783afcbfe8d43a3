import { EventEmitter } from 'node:events';
import { cancelUploadJob, followUploadJob } from '@latchkey/contract/routes/upload-jobs';
import type { UploadJob } from '@latchkey/contract/schemas/upload-job';
import { requestPath } from '@latchkey/sdk/request-url';
import { startTestSystem, type TestSystem } from '@latchkey/testkit/start-system';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { images, newFolder, newIntegration, unitErrors } from './fixtures.js';
import { reconciles } from './registration-fixtures.js';

let system: TestSystem;
let folder: string;
let integration: string;
beforeAll(async () => {
  system = await startTestSystem({ worker: false });
  folder = await newFolder(system);
  integration = await newIntegration(system);
});
afterAll(() => system.close());

interface JobEvent {
  readonly name: string;
  readonly job: UploadJob;
}

interface Following {
  readonly response: Response;
  /** Null: the stream has ended. */
  next(): Promise<JobEvent | null>;
  all(): Promise<JobEvent[]>;
  leave(): void;
}

async function follow(on: TestSystem, folderUuid: string, jobUuid: string): Promise<Following> {
  const gone = new AbortController();
  const response = await fetch(on.baseUrl + requestPath(followUploadJob.path, { folderUuid, jobUuid }), {
    headers: { authorization: `Bearer ${on.admin.token}`, connection: 'close' },
    signal: gone.signal,
  });
  const events = eventsOf(response);
  const next = async () => (await events.next()).value ?? null;
  return {
    response,
    next,
    all: async () => {
      const found: JobEvent[] = [];
      for (let event = await next(); event; event = await next()) found.push(event);
      return found;
    },
    leave: () => gone.abort(),
  };
}

async function* eventsOf(response: Response): AsyncGenerator<JobEvent, undefined> {
  let text = '';
  if (!response.body) return;
  for await (const piece of response.body.pipeThrough(new TextDecoderStream())) {
    const messages = (text + piece).split('\n\n');
    text = messages.pop() ?? '';
    for (const message of messages) {
      const [, name, data] = /^event: (\w+)\ndata: (.*)$/.exec(message) ?? [];
      if (name && data) yield { name, job: JSON.parse(data) };
    }
  }
}

const start = async (on: TestSystem, count: number, ignoreErrors = true): Promise<string> =>
  (await on.register(folder, integration, { images: images(count) }, { ignoreErrors })).body;

/** What the system waits for on behalf of the job's followers. */
function listeners(on: TestSystem, jobUuid: string): number {
  const emit = vi.spyOn(EventEmitter.prototype, 'emit');
  on.context.jobEvents.moved('nobody');
  const index = emit.mock.calls.findIndex(([event]) => event === 'moved:nobody');
  const emitter = emit.mock.contexts[index];
  emit.mockRestore();
  return (emitter as EventEmitter).listenerCount(`moved:${jobUuid}`);
}

describe('the events of an upload job', () => {
  it('are the job as it stands, its progress, and its end, with counts that reconcile', async () => {
    await using working = await startTestSystem({ worker: false });
    const folderUuid = await newFolder(working);
    const manifest = { images: [...images(9000), { objectUrl: 'x' }] };
    const { body: jobUuid } = await working.register(folderUuid, await newIntegration(working), manifest);
    const following = await follow(working, folderUuid, jobUuid);
    expect(Object.fromEntries(following.response.headers)).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
    });
    const first = await following.next();
    expect(first).toMatchObject({
      name: 'progress',
      job: { status: 'PENDING', unitsPendingCount: 9001, unitsPerSecond: null, secondsLeft: null },
    });
    working.startWorker();
    const events = await following.all();
    const last = events.pop();
    expect(last).toMatchObject({
      name: 'end',
      job: { status: 'DONE', unitsDoneCount: 9000, unitsErrorCount: 1, secondsLeft: 0 },
    });
    expect(last?.job.unitsPerSecond).toBeGreaterThan(0);
    expect(events.length).toBeGreaterThan(0);
    for (const { name, job } of events) {
      expect(name).toBe('progress');
      expect(reconciles(job)).toBe(true);
      if (job.unitsPendingCount === 9001) continue;
      expect(job.unitsPerSecond).toBeGreaterThan(0);
      expect(job.secondsLeft).toBeGreaterThan(0);
    }
    const pending = events.map(({ job }) => job.unitsPendingCount);
    expect(pending).toEqual([...pending].sort((a, b) => b - a));
    expect(await unitErrors(working, folderUuid, jobUuid)).toHaveLength(1);
    expect(JSON.stringify([first, events, last])).not.toContain('X-Amz-Signature');
  });

  it('are one for a job that has finished', async () => {
    const jobUuid = await start(system, 2);
    await system.call(cancelUploadJob, { params: { folderUuid: folder, jobUuid } });
    expect(await (await follow(system, folder, jobUuid)).all()).toMatchObject([
      { name: 'end', job: { status: 'CANCELLED', unitsCancelledCount: 2, secondsLeft: 0 } },
    ]);
  });

  it('tell several followers of the end, also when it comes from another process', async () => {
    const jobUuid = await start(system, 2);
    const followers = await Promise.all([1, 2, 3].map(() => follow(system, folder, jobUuid)));
    for (const following of followers) expect((await following.next())?.name).toBe('progress');
    await system.context.db.query({
      name: 'test.finish',
      text: `UPDATE upload_jobs SET status = 'ERROR', phase = 'finished', units_cancelled = 2, finished_at = now() WHERE id = $1`,
      values: [jobUuid],
    });
    for (const following of followers)
      expect(await following.all()).toMatchObject([{ name: 'end', job: { status: 'ERROR' } }]);
  });

  it('end when the job goes with its folder', async () => {
    const folderUuid = await newFolder(system);
    const { body: jobUuid } = await system.register(folderUuid, integration, { images: images(1) });
    const following = await follow(system, folderUuid, jobUuid);
    await following.next();
    await system.context.db.query({
      name: 'test.delete',
      text: 'DELETE FROM upload_jobs WHERE id = $1',
      values: [jobUuid],
    });
    expect(await following.all()).toEqual([]);
  });

  it('stop being waited for when the client goes away', async () => {
    const jobUuid = await start(system, 1);
    const followers = await Promise.all(Array.from({ length: 20 }, () => follow(system, folder, jobUuid)));
    for (const following of followers) await following.next();
    await expect.poll(() => listeners(system, jobUuid)).toBeGreaterThan(0);
    for (const following of followers) following.leave();
    await expect.poll(() => listeners(system, jobUuid), { timeout: 10_000 }).toBe(0);
  });

  it('end when the server stops', async () => {
    const stopping = await startTestSystem({ worker: false });
    const folderUuid = await newFolder(stopping);
    const { body: jobUuid } = await stopping.register(folderUuid, await newIntegration(stopping), {
      images: images(1),
    });
    const following = await follow(stopping, folderUuid, jobUuid);
    await following.next();
    const closed = stopping.close();
    expect(await following.all()).toEqual([]);
    await closed;
  });

  it('are refused to a stranger and for a job of another folder', async () => {
    const jobUuid = await start(system, 1);
    const as = await system.createUser();
    expect(await system.call(followUploadJob, { params: { folderUuid: folder, jobUuid }, as })).toMatchObject(
      {
        status: 403,
        body: { code: 'folder_not_found' },
      },
    );
    const folderUuid = await newFolder(system);
    expect(await system.call(followUploadJob, { params: { folderUuid, jobUuid } })).toMatchObject({
      status: 404,
      body: { code: 'upload_job_not_found' },
    });
  });
});
