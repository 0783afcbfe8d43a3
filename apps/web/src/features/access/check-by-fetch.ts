import { askObject, type ObjectAnswer } from '@latchkey/doctor/ask-object';
import type { LoadCheck } from './load-check.js';

export interface FetchedChecks {
  readonly checks: readonly LoadCheck[];
  readonly answer: ObjectAnswer;
}

const timeout = 15_000;

/** The loads of viewers that fetch. Each is ended as soon as its headers are here. */
export async function checkByFetch(
  url: string,
  fetchObject: typeof fetch,
  signal: AbortSignal,
): Promise<FetchedChecks> {
  const get = await checkGet(url, fetchObject, signal);
  const answer = await askObject(url, fetchObject, signal);
  const preflight = await checkPreflight(url, fetchObject, signal);
  return { checks: [get, rangeCheck(answer), preflight], answer };
}

async function statusOf(
  url: string,
  fetchObject: typeof fetch,
  signal: AbortSignal,
  headers: HeadersInit = {},
): Promise<Response | null> {
  const stop = new AbortController();
  try {
    return await fetchObject(url, {
      mode: 'cors',
      credentials: 'omit',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
      headers,
      signal: AbortSignal.any([signal, stop.signal, AbortSignal.timeout(timeout)]),
    });
  } catch {
    return null;
  } finally {
    stop.abort();
  }
}

async function checkGet(url: string, fetchObject: typeof fetch, signal: AbortSignal): Promise<LoadCheck> {
  const response = await statusOf(url, fetchObject, signal);
  if (!response) return { load: 'get', passed: false, detail: 'This page got no answer that it may read.' };
  const type = response.headers.get('content-type') ?? 'no content type';
  return { load: 'get', passed: response.ok, detail: `Answer ${response.status}, ${type}.` };
}

export function rangeCheck(answer: ObjectAnswer): LoadCheck {
  const failed = (detail: string): LoadCheck => ({ load: 'range', passed: false, detail });
  if (answer.kind === 'no-answer') return failed('No answer.');
  if (answer.kind === 'hidden-answer') return failed('There is an answer, which this page may not read.');
  const { status, contentRange } = answer;
  if (status === 206 && contentRange !== null)
    return { load: 'range', passed: true, detail: `Answer 206, ${contentRange}.` };
  if (status === 206) return failed('Answer 206; the header Content-Range is not exposed.');
  if (status === 200) return failed('Answer 200: the range was ignored.');
  return failed(`Answer ${status}.`);
}

/** No viewer needs it, so that it is no fault; programs of the user may. */
async function checkPreflight(
  url: string,
  fetchObject: typeof fetch,
  signal: AbortSignal,
): Promise<LoadCheck> {
  const response = await statusOf(url, fetchObject, signal, { 'X-Latchkey-Check': '1' });
  return response
    ? { load: 'preflight', passed: true, detail: 'The bucket allows it. No viewer needs it.' }
    : { load: 'preflight', passed: null, detail: 'The bucket does not allow it. No viewer needs it.' };
}
