import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type IncomingMessage, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import { startTestSystem, type TestSystem } from '@latchkey/testkit/start-system';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const script = `console.log(${JSON.stringify('text '.repeat(1000))});\n`;
let webRoot: string;
let system: TestSystem;

beforeAll(async () => {
  webRoot = await mkdtemp(join(tmpdir(), 'latchkey-web-'));
  await mkdir(join(webRoot, 'assets'));
  const files = {
    'index.html': '<!doctype html><title>page</title>',
    'color-scheme.js': 'void 0;',
    'assets/index-a1.js': script,
    'assets/index-a1.js.br': brotliCompressSync(script),
    'assets/index-a1.js.gz': gzipSync(script),
    'assets/small-a1.js': 'void 0;',
  };
  for (const [name, content] of Object.entries(files)) await writeFile(join(webRoot, name), content);
  system = await startTestSystem({ webRoot, worker: false });
});
afterAll(async () => {
  await system.close();
  await rm(webRoot, { recursive: true });
});

/** Not `fetch`, which unpacks what it gets. */
async function get(path: string, headers: Readonly<Record<string, string>> = {}) {
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    request(system.baseUrl + path, { headers }, resolve)
      .on('error', reject)
      .end();
  });
  return { status: answer.statusCode, headers: answer.headers, body: await buffer(answer) };
}

describe('a file of the web app', () => {
  it.each([
    ['br', 'gzip, deflate, br, zstd', brotliDecompressSync],
    ['gzip', 'gzip, deflate', gunzipSync],
    ['gzip', 'br;q=0, gzip', gunzipSync],
  ])('is sent packed as %s to who accepts %s', async (encoding, accepted, unpack) => {
    const { status, headers, body } = await get('/assets/index-a1.js', { 'accept-encoding': accepted });
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      'content-encoding': encoding,
      'content-type': expect.stringMatching(/javascript/),
      'content-length': String(body.length),
      vary: 'accept-encoding',
      'cache-control': 'public, max-age=31536000, immutable',
    });
    expect(unpack(body).toString()).toBe(script);
  });

  it.each(['/assets/index-a1.js', '/assets/small-a1.js', '/color-scheme.js'])(
    'is sent as it is where none is accepted or there is no smaller one: %s',
    async (path) => {
      const accepted = path.includes('index') ? 'identity' : 'gzip, br';
      const { status, headers, body } = await get(path, { 'accept-encoding': accepted });
      expect(status).toBe(200);
      expect(headers['content-encoding']).toBeUndefined();
      expect(headers.vary).toBe('accept-encoding');
      expect(body.toString()).toBe(path.includes('index') ? script : 'void 0;');
    },
  );

  it('has an ETag of its own for each form, by which it is not sent again', async () => {
    const tags: string[] = [];
    for (const accepted of ['br', 'gzip', 'identity']) {
      const asked = { 'accept-encoding': accepted };
      const tag = (await get('/assets/index-a1.js', asked)).headers.etag ?? '';
      const again = await get('/assets/index-a1.js', { ...asked, 'if-none-match': tag });
      expect(again).toMatchObject({ status: 304, body: Buffer.alloc(0) });
      expect(again.headers.vary).toBe('accept-encoding');
      tags.push(tag);
    }
    expect(new Set(tags).size).toBe(3);
  });

  it('is asked for again each time where its name has no hash', async () => {
    expect((await get('/color-scheme.js')).headers['cache-control']).toBe('no-cache');
  });

  it('is not found under the name of its packed form', async () => {
    expect((await get('/assets/index-a1.js.br')).status).toBe(404);
  });
});

it('the page is made anew, with a policy of its own, whatever encodings are accepted', async () => {
  const { headers, body } = await get('/', { 'accept-encoding': 'br, gzip' });
  expect(headers['content-encoding']).toBeUndefined();
  expect(headers['cache-control']).toBe('no-store');
  expect(headers['content-security-policy']).toContain("script-src 'self'");
  expect(body.toString()).toBe('<!doctype html><title>page</title>');
});
