import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { get, raw } from './client.js';
import { s3, startTestGateway } from './gateway-fixture.js';
import { sendBytes, startOrigin } from './origin-server.js';
import { temporaryDirectory } from './temporary-directory.js';

const secretText = 'SECRET OUTSIDE';

async function start() {
  const origin = await startOrigin((request, response) =>
    sendBytes(request, response, Buffer.from(`bytes of ${request.url}`)),
  );
  const test = await startTestGateway(s3(origin.origin, { prefix: 'public/' }));
  return { origin, ...test };
}

describe('requests that mean to be read in two ways', () => {
  it.each([
    '/../secret',
    '/a/../../secret',
    '/%2e%2e/secret',
    '/%2E%2E%2Fsecret',
    '/a/.%2e/secret',
    '/./a',
    '/a/%2e',
    '/..%5csecret',
    '/..\\secret',
    '/a\\b',
    '/%00',
    '/a%00.jpg',
    '/a#b',
    '/%',
    '/%zz',
    '/%ff%fe',
    '/%c0%ae%c0%ae/secret',
    'a',
    '*',
    'ftp://localhost/a',
    'http://user@localhost/a',
    'http:///a',
  ])('refuses the target %s and asks the origin nothing', async (target) => {
    const { port, origin } = await start();
    const text = await raw(port, `GET ${target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
    expect(text).toMatch(/^HTTP\/1\.1 400 /);
    expect(origin.seen).toEqual([]);
  });

  it('keeps every key below the prefix of the site', async () => {
    const { url, origin } = await start();
    for (const target of [
      '//secret',
      '/%2Fsecret',
      '/...',
      '/a..b',
      '/%252e%252e/secret',
      '//evil.example.com/a',
    ]) {
      expect((await get(url, target)).status).toBe(200);
    }
    expect(origin.seen.every((line) => line.startsWith('GET /demo/public/'))).toBe(true);
  });

  it('reads the absolute form, whose host counts', async () => {
    const { port } = await start();
    const ask = (target: string) =>
      raw(port, `GET ${target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
    expect(await ask('http://localhost/a')).toMatch(/^HTTP\/1\.1 200 /);
    expect(await ask('http://unknown.example.com/a')).toMatch(/^HTTP\/1\.1 421 /);
  });

  it.each([
    ['an unknown host', 'Host: unknown.example.com\r\n', 421],
    ['two hosts', 'Host: localhost\r\nHost: unknown.example.com\r\n', 400],
    ['no host', '', 400],
    ['a host that is none', 'Host: a b\r\n', 400],
    ['a body by its length', 'Host: localhost\r\nContent-Length: 5\r\n', 400],
    ['a body in chunks', 'Host: localhost\r\nTransfer-Encoding: chunked\r\n', 400],
    ['length and chunks', 'Host: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n', 400],
    ['two lengths', 'Host: localhost\r\nContent-Length: 0\r\nContent-Length: 5\r\n', 400],
    ['an odd transfer encoding', 'Host: localhost\r\nTransfer-Encoding: xchunked\r\n', 400],
    ['a space before a colon', 'Host: localhost\r\nContent-Length : 5\r\n', 400],
    ['a folded header', 'Host: localhost\r\nX-A: b\r\n Content-Length: 5\r\n', 400],
    ['a header with a NUL', 'Host: localhost\r\nX-A: \0\r\n', 400],
    ['a bare carriage return', 'Host: localhost\r\nX-A: b\rGET /b HTTP/1.1\r\n', 400],
  ])('refuses %s, and nothing behind it on the connection', async (_name, headers, status) => {
    const { port, origin } = await start();
    const behind = 'GET /smuggled HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n';
    const text = await raw(
      port,
      `GET /a HTTP/1.1\r\n${headers}\r\n${status === 421 ? '' : behind}`.concat(status === 421 ? behind : ''),
    );
    expect(text).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    if (status === 400) expect(origin.seen).toEqual([]);
  });

  it('reads no request out of bare line feeds', async () => {
    const { port, origin } = await start();
    const text = await raw(
      port,
      'GET /a HTTP/1.1\r\nHost: localhost\r\nX-A: b\n\nGET /smuggled HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n',
    );
    expect(text.match(/HTTP\/1\.1 200/g)?.length ?? 0).toBeLessThanOrEqual(1);
    expect(origin.seen.filter((line) => line.includes('smuggled'))).toEqual([]);
  });

  it('refuses a header block that never ends, and a request that is none', async () => {
    const { port } = await start();
    expect(await raw(port, `GET /a HTTP/1.1\r\nHost: localhost\r\nX: ${'a'.repeat(20_000)}\r\n\r\n`)).toMatch(
      /^HTTP\/1\.1 4/,
    );
    expect(await raw(port, '\x16\x03\x01 nonsense\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /);
    expect(await raw(port, 'CONNECT localhost:22 HTTP/1.1\r\nHost: localhost\r\n\r\n')).not.toMatch(/ 200 /);
  });

  it('tells an address off the list none of it apart', async () => {
    const { port, origin } = await start();
    for (const target of ['/a', '/%2e%2e/', 'http://localhost/a', '*']) {
      const text = await raw(
        port,
        `GET ${target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`,
        '127.0.0.9',
      );
      expect(text).toMatch(/^HTTP\/1\.1 403 /);
    }
    expect(origin.seen).toEqual([]);
  });
});

describe('a directory as origin', () => {
  async function serveDirectory() {
    const outside = await temporaryDirectory();
    const directory = join(outside, 'public');
    await mkdir(join(directory, 'img'), { recursive: true });
    await writeFile(join(outside, 'secret.txt'), secretText);
    await writeFile(join(directory, 'img', 'a.svg'), '<svg/>');
    await writeFile(join(directory, '.env'), secretText);
    await symlink(join(outside, 'secret.txt'), join(directory, 'link.txt'));
    await symlink(outside, join(directory, 'up'));
    await symlink(join(directory, 'img', 'a.svg'), join(directory, 'inside.svg'));
    return startTestGateway({ type: 'directory', directory });
  }

  it('serves files with their type, ranges and validators', async () => {
    const { url } = await serveDirectory();
    const answer = await get(url, '/img/a.svg', { headers: { range: 'bytes=1-3' } });
    expect([answer.status, answer.headers['content-type'], answer.body.toString()]).toEqual([
      206,
      'image/svg+xml',
      'svg',
    ]);
    const { etag = '' } = answer.headers;
    expect((await get(url, '/img/a.svg', { headers: { 'if-none-match': etag } })).status).toBe(304);
    expect((await get(url, '/inside.svg')).status).toBe(200);
  });

  it.each([
    '/secret.txt',
    '/../secret.txt',
    '/img/../../secret.txt',
    '/%2e%2e%2fsecret.txt',
    '/link.txt',
    '/up/secret.txt',
    '/.env',
    '/img',
    '/img/',
    '/',
    '//img/a.svg',
    '/img//a.svg',
    '/img%5ca.svg',
    '/..%5csecret.txt',
    '/nul%00',
    '/c:/x',
    '/missing.jpg',
  ])('has no object at %s', async (target) => {
    const { port } = await serveDirectory();
    const text = await raw(port, `GET ${target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
    expect(text).toMatch(/^HTTP\/1\.1 (?:404|400) /);
    expect(text).not.toContain(secretText);
  });

  it('sends a changed file at once', async () => {
    const test = await serveDirectory();
    const directory = join(test.directory, 'own');
    await mkdir(directory);
    await writeFile(join(directory, 'a.txt'), 'one');
    await test.write({ sites: [{ origin: { type: 'directory', directory } }] });
    await test.gateway.reload();
    expect((await get(test.url, '/a.txt')).body.toString()).toBe('one');
    await writeFile(join(directory, 'a.txt'), 'three');
    expect((await get(test.url, '/a.txt')).body.toString()).toBe('three');
  });
});
