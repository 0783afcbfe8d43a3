import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { runLatchkey } from './run-latchkey.js';

const origin = 'https://latchkey.acme.com';
const stops: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

async function serve(answer: Answer): Promise<string> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stops.push(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/cats/1.jpg`;
}

const cors = {
  'access-control-allow-origin': origin,
  'access-control-expose-headers': 'Content-Range, Content-Length, Accept-Ranges, ETag',
};

/** What a sound deployment does with one object of ten bytes. */
const sound: Answer = (request, response) => {
  const headers = { ...cors, 'x-content-type-options': 'nosniff' };
  const { pathname } = new URL(request.url ?? '/', 'http://localhost');
  const isBypassed = request.headers['x-bypass-cache'] !== undefined;
  if (request.method === 'OPTIONS')
    response.writeHead(204, { ...headers, 'access-control-allow-headers': 'Range, If-Range' }).end();
  else if (request.method !== 'GET' && request.method !== 'HEAD') response.writeHead(405, headers).end();
  else if (pathname !== '/cats/1.jpg') response.writeHead(403, headers).end();
  else if (request.headers['if-none-match'] === '"1"') response.writeHead(304, headers).end();
  else {
    const isRange = request.headers.range !== undefined;
    response.writeHead(isRange ? 206 : 200, {
      ...headers,
      etag: '"1"',
      'content-type': 'image/jpeg',
      'x-cache-hit': isBypassed ? 'miss' : 'hit',
      ...(isRange && { 'content-range': 'bytes 0-0/10' }),
    });
    response.end(request.method === 'HEAD' ? undefined : isRange ? '0' : '0123456789');
  }
};

interface Report {
  readonly isSound: boolean;
  readonly findings: readonly { check: string; state: string; detail: string }[];
}

async function verify(url: string, ...args: string[]): Promise<{ exitCode: number; report: Report }> {
  const run = await runLatchkey(['terraform', 'verify', url, '--origin', origin, '--json', ...args]);
  return { exitCode: run.exitCode, report: JSON.parse(run.stdout) as Report };
}

const failedChecks = ({ findings }: Report) =>
  findings.filter(({ state }) => state === 'failed').map(({ check }) => check);

test('finds a sound deployment sound', async () => {
  const { exitCode, report } = await verify(await serve(sound));
  expect(report.findings.filter(({ state }) => state !== 'passed')).toEqual([]);
  expect(report.findings).toHaveLength(12);
  expect(exitCode).toBe(0);
});

const changed =
  (change: (request: IncomingMessage, response: ServerResponse) => boolean): Answer =>
  (request, response) => {
    if (!change(request, response)) sound(request, response);
  };

const answerOf =
  (status: number, headers: Record<string, string> = {}) =>
  (response: ServerResponse) => {
    response.writeHead(status, headers).end();
    return true;
  };

test.each<[string, (request: IncomingMessage) => ((response: ServerResponse) => boolean) | false]>([
  ['ranges are served', ({ headers }) => headers.range !== undefined && answerOf(200, cors)],
  ['conditions are obeyed', ({ headers }) => headers['if-none-match'] !== undefined && answerOf(200, cors)],
  ['scripts of the web app may read', ({ headers }) => headers.origin !== undefined && answerOf(200)],
  ['preflights are answered', ({ method }) => method === 'OPTIONS' && answerOf(403)],
  ['a cookie does no harm', ({ headers }) => headers.cookie !== undefined && answerOf(400)],
  ['the bucket is not listed', ({ url }) => url === '/' && answerOf(200)],
  ['nothing can be written', ({ method }) => method === 'PUT' && answerOf(200)],
  [
    'no object becomes a page',
    ({ url }) => url?.includes('text%2Fhtml') === true && answerOf(200, { 'content-type': 'text/html' }),
  ],
])('finds what breaks "%s"', async (check, breaks) => {
  const url = await serve(changed((request, response) => (breaks(request) || (() => false))(response)));
  const { exitCode, report } = await verify(url);
  expect(failedChecks(report)).toContain(check);
  expect(report.isSound).toBe(false);
  expect(exitCode).toBe(1);
});

test('finds hits that scripts may not read', async () => {
  const answers: Answer = changed(({ headers, method }, response) => {
    if (method !== 'GET' || headers.range || headers['if-none-match'] || !headers.origin) return false;
    return answerOf(200, { 'x-cache': 'Hit from cloudfront' })(response);
  });
  expect(failedChecks((await verify(await serve(answers))).report)).toContain(
    'answers of the cache may be read, too',
  );
});

test('finds a bucket that is open past the list', async () => {
  const url = await serve(sound);
  const bucket = await serve(sound);
  expect(failedChecks((await verify(url, '--bucket-url', bucket)).report)).toEqual([
    'the bucket itself is closed',
  ]);
});

test('from an address off the list everything has to be refused', async () => {
  const refusing = await serve((_, response) => void response.writeHead(403, cors).end());
  const { exitCode, report } = await verify(refusing, '--denied');
  expect(report.findings.map(({ state }) => state)).toEqual(Array(8).fill('passed'));
  expect(exitCode).toBe(0);
});

test('finds the one way past the list', async () => {
  const leaking = await serve(({ headers }, response) => {
    answerOf(headers['x-forwarded-for'] === undefined ? 403 : 200)(response);
  });
  const { report } = await verify(leaking, '--denied');
  expect(failedChecks(report)).toEqual(['the object with a forged X-Forwarded-For is refused']);
  expect(report.findings.at(-1)).toMatchObject({ check: 'the web app can tell why', state: 'warning' });
});

test('waits until a removed address is refused', async () => {
  let requests = 0;
  const url = await serve((_, response) => void answerOf(requests++ < 1 ? 200 : 403, cors)(response));
  const { report } = await verify(url, '--denied', '--wait', '30');
  expect(report.findings[0]).toEqual({
    check: 'a removed address is refused',
    state: 'passed',
    // On a machine that is busy, the seconds go on.
    detail: expect.stringMatching(/^after [1-9]\d? s$/),
  });
  const never = await verify(
    await serve((_, response) => void answerOf(200, cors)(response)),
    '--denied',
    '--wait',
    '0',
  );
  expect(never.report.findings[0]).toMatchObject({ state: 'failed', detail: 'not within 0 s' });
});

test('says that nobody answers, and takes no URL that is none', async () => {
  const url = await serve(sound);
  for (const stop of stops.splice(0)) await stop();
  const gone = await runLatchkey(['terraform', 'verify', url, '--origin', origin]);
  expect(gone.exitCode).toBe(3);
  expect(gone.stderr).toContain('does not answer (ECONNREFUSED)');
  const wrong = await runLatchkey(['terraform', 'verify', 'data.acme.com', '--origin', origin]);
  expect(wrong.exitCode).toBe(2);
  expect(wrong.stderr).toContain('Give a URL that begins with https://');
});
