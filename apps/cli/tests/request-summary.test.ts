import type { BucketLogEntry } from '@latchkey/bucket/request-log';
import { expect, test } from 'vitest';
import { requestSummary } from '../src/demo/request-summary.js';

const entry = (userAgent: string | null, method = 'GET'): BucketLogEntry => ({
  time: '2026-01-01T00:00:00Z',
  method,
  path: '/demo/a.jpg',
  range: null,
  origin: null,
  userAgent,
  remoteAddress: '127.0.0.1',
  status: 200,
  bytesSent: 1,
  aborted: false,
});

test('tells browsers, the server and others apart, and counts no preflights', () => {
  expect(requestSummary([])).toBe("The bucket's bytes were asked for by: browser 0, server 0.");
  const log = [
    entry('Mozilla/5.0 (X11; Linux x86_64)'),
    entry('Mozilla/5.0 (X11; Linux x86_64)', 'OPTIONS'),
    entry('node'),
    entry(null, 'HEAD'),
    entry('curl/8.0'),
  ];
  expect(requestSummary(log)).toBe("The bucket's bytes were asked for by: browser 1, server 2, others 1.");
});
