import { setTimeout } from 'node:timers/promises';
import { type Check, found, isRefused, type Target, withQuery } from './finding.js';

/** Ways in which somebody off the list may try: each must be refused. */
const attempts: Readonly<
  Record<string, (url: string) => { url: string; method?: string; headers?: Record<string, string> }>
> = {
  'the object': (url) => ({ url }),
  'its headers': (url) => ({ url, method: 'HEAD' }),
  'a range of it': (url) => ({ url, headers: { range: 'bytes=0-0' } }),
  'the object past the cache': (url) => ({ url, headers: { 'x-bypass-cache': '1' } }),
  'the object with another query': (url) => ({ url: withQuery(url, 'latchkey', 'verify') }),
  'the object with a forged X-Forwarded-For': (url) => ({ url, headers: { 'x-forwarded-for': '127.0.0.1' } }),
  'the root': (url) => ({ url: new URL('/', url).href }),
};

const refusals: readonly Check[] = Object.entries(attempts).map(
  ([name, attempt]) =>
    async ({ url, send }) => {
      const { url: tried, ...request } = attempt(url);
      const answer = await send(tried, request);
      return found(
        `${name} is refused`,
        isRefused(answer),
        `${answer.status}`,
        `answered by ${answer.status}`,
      );
    },
);

const isReadable: Check = async ({ url, origin, send }) => {
  const check = 'the web app can tell why';
  const { headers } = await send(url, { headers: { origin } });
  const isAllowed = headers.has('access-control-allow-origin');
  const detail = isAllowed
    ? 'the refusal has CORS headers'
    : 'the refusal has no CORS headers: the app sees a network error (the edge policy of Google Cloud and the firewall of Azure never send them)';
  return { check, state: isAllowed ? 'passed' : 'warning', detail };
};

/** From an address that is not on the list. */
export const refusedChecks: readonly Check[] = [...refusals, isReadable];

const pauseMs = 1000;

/** Asks once a second until the address is refused, and tells after how many seconds it was; null if it never was. */
export async function secondsUntilRefused(
  { url, send }: Target,
  mostSeconds: number,
  signal: AbortSignal,
): Promise<number | null> {
  const start = performance.now();
  for (;;) {
    const seconds = Math.round((performance.now() - start) / 1000);
    if (isRefused(await send(url, { method: 'HEAD' }))) return seconds;
    if (seconds >= mostSeconds) return null;
    await setTimeout(pauseMs, undefined, { signal });
  }
}
