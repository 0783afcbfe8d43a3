import { addIntegrationOrigins } from '@latchkey/contract/routes/integrations';
import type { MediaFamily } from '@latchkey/doctor/content-type';
import { isMixedContent } from '@latchkey/doctor/diagnose';
import type { Verdict } from '@latchkey/doctor/failure';
import { judge } from '@latchkey/doctor/judge';
import { locate } from '@latchkey/locator/locate';
import { transport } from '../../lib/api.js';
import { askWorker } from '../../lib/ask-worker.js';
import { isBlockedByPolicy } from '../../lib/policy-violations.js';
import accessWorkerUrl from './access.worker.ts?worker&url';
import { checkByElement } from './check-by-element.js';
import { checkByFetch, type FetchedChecks } from './check-by-fetch.js';
import type { LoadCheck } from './load-check.js';

export interface AccessReport {
  readonly url: string;
  readonly verdict: Verdict;
  readonly checks: readonly LoadCheck[];
}

interface CheckedObject {
  readonly url: string;
  readonly family: MediaFamily | null;
  readonly expiresAt: string | null;
}

/** Loads the object of an item in this page as its viewer does. */
export async function checkItemAccess(object: CheckedObject, signal: AbortSignal): Promise<AccessReport> {
  if (isMixedContent(object.url, location.protocol)) return report(object, null, null);
  const fetched = await checkByFetch(object.url, fetch, signal);
  return report(object, fetched, await checkByElement(object.url, object.family));
}

/**
 * Loads an object that need not be registered, in a worker: the policy of the page may be older than the origins that
 * the integration got now. Elements of the page cannot be tried with it.
 * @throws ApiError `origin_not_allowed` if it is outside the allowed hosts of the integration
 */
export async function checkUrlAccess(
  url: string,
  integrationUuid: string,
  signal: AbortSignal,
): Promise<AccessReport> {
  const object = { url, family: null, expiresAt: expiryOf(url) };
  const origin = URL.parse(url)?.origin ?? '';
  const body = { origins: [origin] };
  await transport.call(addIntegrationOrigins, { params: { integrationUuid }, body, signal });
  if (isMixedContent(url, location.protocol)) return report(object, null, null);
  return report(object, await askWorker<FetchedChecks>(accessWorkerUrl, url, signal), {
    load: 'element',
    passed: null,
    detail: 'Only an item can be opened here: its type says as what.',
  });
}

function expiryOf(url: string): string | null {
  const located = locate(url);
  const expiresAt = located.ok ? located.url.signature?.expiresAt : null;
  return typeof expiresAt === 'number' ? new Date(expiresAt).toISOString() : null;
}

function report(
  { url, family, expiresAt }: CheckedObject,
  fetched: FetchedChecks | null,
  element: LoadCheck | null,
): AccessReport {
  const observations = { answer: fetched?.answer ?? null, elementShows: element?.passed ?? null };
  const verdict = judge(observations, {
    url,
    expiresAt,
    now: Date.now(),
    pageProtocol: location.protocol,
    isBlockedByPolicy: isBlockedByPolicy(URL.parse(url)?.origin ?? ''),
    expected: family,
  });
  return { url, verdict, checks: [...(fetched?.checks ?? []), ...(element ? [element] : [])] };
}
