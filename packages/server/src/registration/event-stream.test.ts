import type { UploadJob } from '@latchkey/contract/schemas/upload-job';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { toEventStream } from './event-stream.js';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const job = (status: UploadJob['status']): UploadJob => ({ status }) as UploadJob;

it('an event stream has progress while the job is pending, then its end, and leaves no timer', async () => {
  async function* jobs(): AsyncGenerator<UploadJob> {
    yield job('PENDING');
    yield job('DONE');
  }
  const messages: string[] = [];
  for await (const message of toEventStream(jobs())) messages.push(message);
  expect(messages).toEqual([
    'retry: 1000\n\n',
    'event: progress\ndata: {"status":"PENDING"}\n\n',
    'event: end\ndata: {"status":"DONE"}\n\n',
  ]);
  expect(vi.getTimerCount()).toBe(0);
});

it('an event stream says that it is still there while nothing happens, and leaves what it follows when it is left', async () => {
  let end: () => void = () => undefined;
  const silence = new Promise<void>((resolve) => {
    end = resolve;
  });
  const left = vi.fn();
  async function* jobs(): AsyncGenerator<UploadJob> {
    try {
      await silence;
      yield job('DONE');
    } finally {
      left();
    }
  }
  const stream = toEventStream(jobs());
  await stream.next();
  for (let turn = 0; turn < 3; turn++) {
    const next = stream.next();
    await vi.advanceTimersByTimeAsync(15_000);
    expect((await next).value).toBe(': still here\n\n');
  }
  const ended = stream.return(undefined);
  end();
  await ended;
  expect(left).toHaveBeenCalledOnce();
  expect(vi.getTimerCount()).toBe(0);
});

it('an event stream fails when what it follows fails, and leaves no timer', async () => {
  async function* jobs(): AsyncGenerator<UploadJob> {
    yield job('PENDING');
    throw new Error('no database');
  }
  const stream = toEventStream(jobs());
  await stream.next();
  await stream.next();
  await expect(stream.next()).rejects.toThrow('no database');
  expect(vi.getTimerCount()).toBe(0);
});
