import type { UploadJob } from '@latchkey/contract/schemas/upload-job';
import { expect, test } from 'vitest';
import { followUploadJob } from '../src/follow-upload-job.js';
import { createTransport } from '../src/transport.js';
import { waitForUploadJob } from '../src/wait-for-upload-job.js';
import { type Answer, startHttpServer } from './http-server.js';

const address = { folderUuid: 'f', jobUuid: 'j' };
const pause = { pauseMs: 1 };

const event = (name: string, unitsDoneCount: number) =>
  `event: ${name}\ndata: ${JSON.stringify({ status: name === 'end' ? 'DONE' : 'PENDING', unitsDoneCount })}\n\n`;

/** Events of a connection, which then breaks when the promise resolves, or on which nothing comes any more. */
function stream(events: readonly string[], end?: Promise<void> | 'silent'): Answer {
  async function* pieces() {
    yield 'retry: 1000\n\n';
    yield* events;
    if (end === 'silent') await new Promise(() => {});
    if (end === undefined) return;
    await end;
    throw new Error('The connection breaks.');
  }
  return { headers: { 'content-type': 'text/event-stream; charset=utf-8' }, pieces: pieces() };
}

async function startEvents(answers: (target: string, index: number) => Answer) {
  const { baseUrl, requests } = await startHttpServer(({ target }, index) => answers(target, index));
  return { transport: createTransport({ baseUrl, retry: { delayMs: 1 } }), requests };
}

async function doneCounts(jobs: AsyncIterable<UploadJob>): Promise<number[]> {
  const counts: number[] = [];
  for await (const job of jobs) counts.push(job.unitsDoneCount);
  return counts;
}

test('gives the job whenever it has moved on, until it has finished', async () => {
  const { transport, requests } = await startEvents(() =>
    stream([event('progress', 1), ': still here\n\n', event('progress', 2), event('end', 3)]),
  );
  expect(await doneCounts(followUploadJob(transport, address))).toEqual([1, 2, 3]);
  expect(requests[0]?.target).toMatch(/data-upload-jobs\/j\/events$/);
  expect(requests[0]?.headers.accept).toBe('text/event-stream');
});

test('goes on with a new connection when one ends, breaks or falls silent', async () => {
  let breakSecond = () => {};
  const second = new Promise<void>((resolve) => {
    breakSecond = resolve;
  });
  const { transport, requests } = await startEvents((_, index) => {
    if (index === 0) return stream([event('progress', 1)]);
    if (index === 1) return stream([event('progress', 2)], second);
    if (index === 2) return { destroy: true };
    if (index === 3) return stream([event('progress', 3)], 'silent');
    return stream([event('end', 4)]);
  });
  const counts: number[] = [];
  for await (const { unitsDoneCount } of followUploadJob(transport, address, { ...pause, silenceMs: 100 })) {
    counts.push(unitsDoneCount);
    if (unitsDoneCount === 2) breakSecond();
  }
  expect(counts).toEqual([1, 2, 3, 4]);
  expect(requests).toHaveLength(5);
});

test('gives up when connections give nothing, and at once where there is no stream', async () => {
  const fruitless = await startEvents(() => stream([]));
  await expect(doneCounts(followUploadJob(fruitless.transport, address, pause))).rejects.toMatchObject({
    code: 'unexpected_response',
  });
  expect(fruitless.requests).toHaveLength(3);
  const other = await startEvents(() => ({ body: '<html>', headers: { 'content-type': 'text/html' } }));
  await expect(doneCounts(followUploadJob(other.transport, address, pause))).rejects.toMatchObject({
    code: 'unexpected_response',
  });
  expect(other.requests).toHaveLength(1);
});

test('ends with the reason of the signal, and closes the connection of a reader that leaves', async () => {
  const { transport } = await startEvents(() => stream([event('progress', 1)], 'silent'));
  const controller = new AbortController();
  const reason = new Error('stopped by the user');
  const jobs = followUploadJob(transport, address, { signal: controller.signal });
  expect((await jobs.next()).value).toMatchObject({ unitsDoneCount: 1 });
  const next = expect(jobs.next()).rejects.toBe(reason);
  controller.abort(reason);
  await next;
  for await (const job of followUploadJob(transport, address)) {
    expect(job.unitsDoneCount).toBe(1);
    break;
  }
});

test('waits by events, and then asks once for the result', async () => {
  const { transport, requests } = await startEvents((target) =>
    target.endsWith('/events')
      ? stream([event('progress', 1), event('end', 2)])
      : { body: { status: 'DONE', unitsDoneCount: 2, unitErrors: [] } },
  );
  const seen: number[] = [];
  const onProgress = (job: UploadJob) => seen.push(job.unitsDoneCount);
  expect(await waitForUploadJob(transport, address, { onProgress })).toMatchObject({ unitErrors: [] });
  expect(seen).toEqual([1, 2]);
  expect(requests).toHaveLength(2);
});

test('polls every second where events do not get through', async () => {
  const { transport, requests } = await startEvents((_, index) => ({
    body: { status: index < 3 ? 'PENDING' : 'ERROR', unitsDoneCount: index },
  }));
  const seen: number[] = [];
  const onProgress = (job: UploadJob) => seen.push(job.unitsDoneCount);
  expect(await waitForUploadJob(transport, address, { onProgress })).toMatchObject({ status: 'ERROR' });
  expect(seen).toEqual([1, 2, 3]);
  expect(requests[1]?.target).toMatch(/data-upload-jobs\/j\?timeoutSeconds=1$/);
});

test('without anyone to tell of progress, one long poll does', async () => {
  const { transport, requests } = await startEvents(() => ({ body: { status: 'DONE' } }));
  expect(await waitForUploadJob(transport, address, {})).toMatchObject({ status: 'DONE' });
  expect(requests.map(({ target }) => target)).toEqual([expect.stringMatching(/timeoutSeconds=50$/)]);
});

test('answers the job as it stands when the time is up', async () => {
  const { transport } = await startEvents((target) =>
    target.endsWith('/events')
      ? stream([event('progress', 1)], 'silent')
      : { body: { status: 'PENDING', unitsDoneCount: 1 } },
  );
  for (const timeoutSeconds of [0, 0.2]) {
    const onProgress = () => {};
    const state = await waitForUploadJob(transport, address, { timeoutSeconds, onProgress });
    expect(state.status).toBe('PENDING');
  }
});
