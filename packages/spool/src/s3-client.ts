import { setTimeout as delay } from 'node:timers/promises';
import type { PresignedMethod } from '@latchkey/locator/presign/presigner';
import { createPresigner } from '@latchkey/locator/sigv4/presigner';
import { answerError, connectionError, S3AnswerError } from './s3-answer-error.js';
import type { S3SpoolConfig } from './spool-config.js';

/** Whole small objects of one bucket. Throws `S3AnswerError` if it does not do as asked, after some attempts. */
export interface S3Client {
  put(key: string, body: Uint8Array<ArrayBuffer>): Promise<void>;
  /** What there is of the range, up to, not including, `end`. Null: there is no such object. */
  get(key: string, start: number, end: number): Promise<Buffer | null>;
  /** Does nothing for an object that is not there. */
  delete(key: string): Promise<void>;
}

export interface S3ClientOptions {
  /** The clock, in epoch milliseconds. */
  now: () => number;
  /** For one request with its answer. */
  timeoutMs: number;
  /** Before the second attempt; doubled before each further one. */
  backoffMs: number;
}

interface Call {
  method: PresignedMethod;
  range?: { start: number; end: number };
  body?: Uint8Array<ArrayBuffer>;
}

const ATTEMPTS = 5;
const URL_SECONDS = 900;

/** @throws {PresignError} for an endpoint or a bucket that no URL can be made of */
export function createS3Client(config: S3SpoolConfig, options: S3ClientOptions): S3Client {
  const { sessionToken, ...signing } = config;
  const session = sessionToken === null ? {} : { sessionToken };
  const presign = createPresigner({ ...signing, ...session, now: options.now });
  const call = (key: string, request: Call): Promise<Buffer> =>
    retry(options.backoffMs, () => {
      const url = presign(key, { expiresInSeconds: URL_SECONDS, method: request.method });
      return send(url, request, options.timeoutMs);
    });
  return {
    async put(key, body) {
      await call(key, { method: 'PUT', body });
    },
    get: (key, start, end) => orNull(() => call(key, { method: 'GET', range: { start, end } })),
    async delete(key) {
      await orNull(() => call(key, { method: 'DELETE' }));
    },
  };
}

/** The whole body of the answer. */
async function send(url: string, { method, range, body }: Call, timeoutMs: number): Promise<Buffer> {
  try {
    const answer = await fetch(url, {
      method,
      headers: range === undefined ? {} : { range: `bytes=${range.start}-${range.end - 1}` },
      ...(body !== undefined && { body }),
      signal: AbortSignal.timeout(timeoutMs),
      // What is signed for one host is of no use to another.
      redirect: 'manual',
    });
    if (!answer.ok && answer.status !== 416) throw await answerError(method, answer);
    const bytes = Buffer.from(await answer.arrayBuffer());
    if (answer.status === 416) return bytes.subarray(0, 0);
    return range === undefined || answer.status === 206 ? bytes : bytes.subarray(range.start, range.end);
  } catch (error) {
    throw error instanceof S3AnswerError ? error : connectionError(method, error);
  }
}

async function retry<Result>(backoffMs: number, attempt: () => Promise<Result>): Promise<Result> {
  for (let done = 1; ; done += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (done === ATTEMPTS || !(error instanceof S3AnswerError && error.isPassing)) throw error;
    }
    // Halved at random, so that nodes that failed together do not come back together.
    await delay(backoffMs * 2 ** (done - 1) * (0.5 + Math.random() / 2));
  }
}

async function orNull<Result>(action: () => Promise<Result>): Promise<Result | null> {
  try {
    return await action();
  } catch (error) {
    if (error instanceof S3AnswerError && error.isMissing) return null;
    throw error;
  }
}
