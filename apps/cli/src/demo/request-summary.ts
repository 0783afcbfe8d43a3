import type { BucketLogEntry } from '@latchkey/bucket/request-log';

/** Who asked the bucket for bytes, as one line. A browser is known by its user agent; the server has none of the kind. */
export function requestSummary(log: readonly BucketLogEntry[]): string {
  const reads = log.filter((entry) => entry.method === 'GET' || entry.method === 'HEAD');
  const callers = { browser: 0, server: 0, others: 0 };
  for (const { userAgent } of reads) callers[callerOf(userAgent)] += 1;
  const others = callers.others > 0 ? `, others ${callers.others}` : '';
  return `The bucket's bytes were asked for by: browser ${callers.browser}, server ${callers.server}${others}.`;
}

/** Node.js calls itself "node" or "undici", or nothing at all. */
function callerOf(userAgent: string | null): 'browser' | 'server' | 'others' {
  if (userAgent?.startsWith('Mozilla/')) return 'browser';
  return userAgent === null || /^(node|undici)\b/i.test(userAgent) ? 'server' : 'others';
}
