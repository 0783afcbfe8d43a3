import { setTimeout as delay } from 'node:timers/promises';
import { ObjectStoreError } from './object-store-error.js';

export interface StoreRequest {
  /** What is asked, for messages: `the list of s3://bucket`. */
  readonly what: string;
  /** Made for each attempt, for its signature ages. */
  readonly url: () => Promise<string>;
  readonly headers?: () => Promise<Readonly<Record<string, string>>>;
  /** GET unless there is one. */
  readonly post?: string;
  /** Whether the body of a success is of no interest, and may be long. */
  readonly ignoresBody?: boolean;
  readonly signal?: AbortSignal | undefined;
}

export interface StoreAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

const ATTEMPTS = 5;
const FIRST_PAUSE_MS = 200;
const TIMEOUT_MS = 60_000;
/** For how long the URL of a page of a list is signed. */
export const LIST_SECONDS = 900;

/**
 * The answer, whatever its status; what passes by itself is asked again.
 * @throws {ObjectStoreError} `store_unreachable`; the reason of the signal
 */
export async function askStore(request: StoreRequest): Promise<StoreAnswer> {
  for (let attempt = 1; ; attempt += 1) {
    const answer = await attemptOnce(request);
    const passes = answer instanceof Error || answer.status === 429 || answer.status >= 500;
    if (!passes || attempt === ATTEMPTS) {
      if (answer instanceof Error) throw answer;
      return answer;
    }
    const pause = FIRST_PAUSE_MS * 2 ** (attempt - 1) * (0.5 + Math.random() / 2);
    await delay(pause, undefined, request.signal && { signal: request.signal });
  }
}

async function attemptOnce({
  what,
  url,
  headers,
  post,
  ignoresBody,
  signal,
}: StoreRequest): Promise<StoreAnswer | Error> {
  const target = await url();
  const sent = (await headers?.()) ?? {};
  const ends = [AbortSignal.timeout(TIMEOUT_MS), ...(signal ? [signal] : [])];
  try {
    const response = await fetch(target, {
      method: post === undefined ? 'GET' : 'POST',
      headers: { ...sent },
      ...(post !== undefined && { body: post }),
      signal: AbortSignal.any(ends),
      // What is signed for one host is of no use to another.
      redirect: 'manual',
    });
    const { status } = response;
    if (!ignoresBody || !response.ok)
      return { status, headers: response.headers, body: await response.text() };
    await response.body?.cancel();
    return { status, headers: response.headers, body: '' };
  } catch (error) {
    signal?.throwIfAborted();
    return unreachable(what, target, error);
  }
}

/** The message of `fetch` may hold the URL. */
function unreachable(what: string, url: string, error: unknown): ObjectStoreError {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : '';
  const reason = code || (cause instanceof Error ? cause.name : 'unknown reason');
  const host = /^[a-z]+:\/\/([^/?#]+)/.exec(url)?.[1] ?? 'the store';
  return new ObjectStoreError(
    'store_unreachable',
    `${host} gave no answer to ${what} (${reason}).`,
    'Check the network, the name of the bucket and the endpoint.',
  );
}

/** Of an answer that is no success: letters only, so that nothing else of it gets into a message. */
export function errorCodeOf({ body }: StoreAnswer): string {
  return /<Code>([A-Za-z]{1,64})<\/Code>/.exec(body)?.[1] ?? '';
}

const keyCodes =
  /^(?:SignatureDoesNotMatch|InvalidAccessKeyId|InvalidToken|ExpiredToken|TokenRefreshRequired|RequestTimeTooSkewed|InvalidSecurity|AuthenticationFailed|AuthorizationQueryParametersError)$/;

/** Whether the store refused the key that signed, its session or its clock, whatever object was asked for. */
export const speaksOfKey = (code: string): boolean => keyCodes.test(code);

export function answerError(what: string, answer: StoreAnswer): ObjectStoreError {
  const { status } = answer;
  const code = errorCodeOf(answer) || 'no code';
  const told = `The store answered ${what} with ${status} (${code}).`;
  if (status === 404) {
    return new ObjectStoreError(
      'store_missing',
      told,
      'Check the name of the bucket, and the account or endpoint.',
    );
  }
  if (status === 401 || status === 403) {
    return new ObjectStoreError(
      'store_denied',
      told,
      speaksOfKey(code)
        ? 'The credentials are not those of this store: check the secret key, the endpoint and the clock.'
        : 'The credentials may not list here: they need s3:ListBucket, storage.objects.list, or Storage Blob Data Reader.',
    );
  }
  return new ObjectStoreError('store_answer', told, 'Check the endpoint and the region, and try again.');
}
