import { describe, expect, it } from 'vitest';
import { get, patterned } from './client.js';
import { s3, startTestBucket, startTestGateway } from './gateway-fixture.js';
import { sendBytes, startOrigin } from './origin-server.js';

const MIB = 1024 * 1024;
const video = patterned(3 * MIB + 12_345);

async function start(settings = {}, bucketOptions = {}) {
  const bucket = await startTestBucket(bucketOptions);
  await bucket.putObject('media/film.mp4', video, 'video/mp4');
  await bucket.putObject('empty.txt', new Uint8Array(), 'text/plain');
  const test = await startTestGateway(s3(bucket.origin), settings);
  const gets = () => bucket.log.filter(({ method }) => method === 'GET').length;
  return { bucket, gets, ...test };
}

describe('objects of a bucket that verifies signatures', () => {
  it('sends the whole object, from the bucket first and from the cache then', async () => {
    const { url, bucket, gets } = await start();
    const first = await get(url, '/media/film.mp4');
    expect(first.status).toBe(200);
    expect(first.body.equals(video)).toBe(true);
    expect(first.headers).toMatchObject({
      'content-type': 'video/mp4',
      'content-length': String(video.length),
      'accept-ranges': 'bytes',
      'x-cache-hit': 'miss',
      'cache-control': 'private, max-age=300',
      'x-content-type-options': 'nosniff',
    });
    const second = await get(url, '/media/film.mp4');
    expect(second.headers['x-cache-hit']).toBe('hit');
    expect(second.body.equals(video)).toBe(true);
    expect(gets()).toBe(1);
    expect(bucket.log.every(({ status }) => status === 200)).toBe(true);
  });

  it.each([
    ['bytes=0-99', 0, 100],
    ['bytes=262143-262144', 262_143, 262_145],
    ['bytes=1000000-2000000', 1_000_000, 2_000_001],
    ['bytes=3000000-', 3_000_000, video.length],
    ['bytes=-500', video.length - 500, video.length],
    ['bytes=3145728-99999999', 3 * MIB, video.length],
  ])('answers the range %s alike without and with the cache', async (range, begin, end) => {
    const { url } = await start();
    const asked = async () => {
      const answer = await get(url, '/media/film.mp4', { headers: { range } });
      expect(answer.status).toBe(206);
      expect(answer.headers['content-range']).toBe(`bytes ${begin}-${end - 1}/${video.length}`);
      expect(answer.body.equals(video.subarray(begin, end))).toBe(true);
      return answer.headers['x-cache-hit'];
    };
    expect(await asked()).toBe('miss');
    // The last block is fetched to its end beside the first answer.
    await expect.poll(asked).toBe('hit');
  });

  it('fetches of an object what its ranges need, in blocks, and each block once', async () => {
    const { url, bucket } = await start();
    const use = async (headers: Record<string, string>) =>
      (await get(url, '/media/film.mp4', { headers })).headers['x-cache-hit'];
    await use({ range: 'bytes=10-20' });
    await expect.poll(() => use({ range: 'bytes=0-262143' })).toBe('hit');
    await use({ range: 'bytes=100-300000' });
    await expect.poll(() => use({ range: 'bytes=0-524287' })).toBe('hit');
    await use({});
    expect(bucket.log.map(({ range }) => range)).toEqual([
      'bytes=0-262143',
      'bytes=262144-524287',
      `bytes=524288-${video.length - 1}`,
    ]);
  });

  it.each(['bytes=5-2', 'bytes=a-b', 'bytes=0-1,5-6', 'items=0-5'])(
    'answers %s with the whole object',
    async (range) => {
      const { url } = await start();
      const answer = await get(url, '/media/film.mp4', { headers: { range } });
      expect([answer.status, answer.body.length]).toEqual([200, video.length]);
    },
  );

  it('refuses a range behind the end with the size, first and from the cache', async () => {
    const { url } = await start();
    for (const _ of [1, 2]) {
      const answer = await get(url, '/media/film.mp4', { headers: { range: 'bytes=9999999-' } });
      expect(answer.status).toBe(416);
      expect(answer.headers['content-range']).toBe(`bytes */${video.length}`);
    }
  });

  it('answers HEAD with the headers of GET and no body', async () => {
    const { url, gets } = await start();
    const answer = await get(url, '/media/film.mp4', { method: 'HEAD' });
    expect([answer.status, answer.headers['content-length'], answer.body.length]).toEqual([
      200,
      String(video.length),
      0,
    ]);
    expect(gets()).toBe(0);
  });

  it('ignores a range of HEAD, which is defined for GET alone', async () => {
    const { url } = await start();
    for (const range of ['bytes=0-9', 'bytes=99999999-']) {
      const answer = await get(url, '/media/film.mp4', { method: 'HEAD', headers: { range } });
      expect([answer.status, answer.headers['content-length']]).toEqual([200, String(video.length)]);
    }
  });

  it('sends an empty object, and refuses ranges of it', async () => {
    const { url } = await start();
    expect((await get(url, '/empty.txt')).headers['content-length']).toBe('0');
    expect((await get(url, '/empty.txt', { headers: { range: 'bytes=0-' } })).status).toBe(416);
  });

  it('answers conditions itself: 304, 412, and If-Range', async () => {
    const { url } = await start();
    const { headers } = await get(url, '/media/film.mp4');
    const { etag = '', 'last-modified': modified = '' } = headers;
    const status = async (given: Record<string, string>) =>
      (await get(url, '/media/film.mp4', { headers: given })).status;
    expect(await status({ 'if-none-match': etag })).toBe(304);
    expect(await status({ 'if-none-match': `"x", W/${etag}` })).toBe(304);
    expect(await status({ 'if-modified-since': modified })).toBe(304);
    expect(await status({ 'if-none-match': '"x"', 'if-modified-since': modified })).toBe(200);
    expect(await status({ 'if-match': '"x"' })).toBe(412);
    expect(await status({ range: 'bytes=0-9', 'if-range': etag })).toBe(206);
    expect(await status({ range: 'bytes=0-9', 'if-range': '"x"' })).toBe(200);
    expect(await status({ range: 'bytes=0-9', 'if-range': `W/${etag}` })).toBe(200);
  });

  it('answers 304 without fetching a body when nothing is cached', async () => {
    const { url, bucket } = await start();
    const { headers } = await get(url, '/media/film.mp4', { method: 'HEAD' });
    const fresh = await startTestGateway(s3(bucket.origin));
    const answer = await get(fresh.url, '/media/film.mp4', {
      headers: { 'if-none-match': headers['etag'] ?? '' },
    });
    expect([answer.status, answer.body.length]).toEqual([304, 0]);
    expect(bucket.log.map(({ method }) => method)).toEqual(['HEAD', 'HEAD']);
  });

  it.each(['a b+c.jpg', 'ümläut/文.png', "(1)'*!~.jpg", 'q?&=#.jpg', '100%.jpg', 'a//b.jpg', ':;@$,=.jpg'])(
    'signs the key %s as the bucket reads it',
    async (key) => {
      const { url, bucket } = await start();
      await bucket.putObject(key, Buffer.from(key), 'image/jpeg');
      const answer = await get(url, `/${key.split('/').map(encodeURIComponent).join('/')}`);
      expect([answer.status, answer.body.toString()]).toEqual([200, key]);
    },
  );

  it('keeps one copy of an object however its path is encoded', async () => {
    const { url, gets } = await start();
    await get(url, '/media/film.mp4');
    const answer = await get(url, '/%6dedia%2Ffilm%2Emp4');
    expect(answer.headers['x-cache-hit']).toBe('hit');
    expect(gets()).toBe(1);
  });

  it('puts the prefix of a site before every key', async () => {
    const bucket = await startTestBucket();
    await bucket.putObject('team/a/x.jpg', Buffer.from('x'), 'image/jpeg');
    const { url } = await startTestGateway(s3(bucket.origin, { prefix: 'team/a/' }));
    expect((await get(url, '/x.jpg')).body.toString()).toBe('x');
  });

  it('follows the bucket to its region, and remembers it', async () => {
    const { url, bucket } = await start({}, { region: 'eu-west-2' });
    expect((await get(url, '/media/film.mp4', { headers: { range: 'bytes=0-9' } })).status).toBe(206);
    expect((await get(url, '/empty.txt')).status).toBe(200);
    expect(bucket.log.map(({ status }) => status)).toEqual([400, 206, 200]);
  });

  it('follows the bucket to its region with all requests that were under way', async () => {
    const { url, bucket } = await start({}, { region: 'eu-west-2' });
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    for (const name of names) await bucket.putObject(name, Buffer.from(name), 'text/plain');
    const answers = await Promise.all(names.map((name) => get(url, `/${name}`)));
    expect(answers.map(({ body }) => body.toString())).toEqual(names);
    expect(bucket.log.filter(({ status }) => status === 400).length).toBeGreaterThan(1);
  });

  it('says that the bucket refuses the key, and logs neither key nor signature', async () => {
    const bucket = await startTestBucket({ secretAccessKey: 'another' });
    const { url, log } = await startTestGateway(s3(bucket.origin));
    const answer = await get(url, '/a.jpg?X-Amz-Signature=abcdef');
    expect([answer.status, JSON.parse(answer.body.toString()).code]).toEqual([502, 'origin_key_refused']);
    expect(log()).toContain('SignatureDoesNotMatch');
    expect(log()).not.toMatch(/wJalr|abcdef|AKIDEXAMPLE/);
  });

  it('never keeps an error', async () => {
    const { url, bucket } = await start();
    expect((await get(url, '/late.jpg')).status).toBe(404);
    await bucket.putObject('late.jpg', Buffer.from('here'), 'image/jpeg');
    expect((await get(url, '/late.jpg')).body.toString()).toBe('here');
  });

  it('goes to the bucket with X-Bypass-Cache, and drops a copy of another version', async () => {
    const { url, bucket } = await start();
    await bucket.putObject('a.txt', Buffer.from('one'), 'text/plain');
    await get(url, '/a.txt');
    await bucket.putObject('a.txt', Buffer.from('two!'), 'text/plain');
    expect((await get(url, '/a.txt')).body.toString()).toBe('one');
    const bypass = await get(url, '/a.txt', { headers: { 'x-bypass-cache': '1' } });
    expect([bypass.body.toString(), bypass.headers['x-cache-hit']]).toEqual(['two!', 'bypass']);
    expect((await get(url, '/a.txt')).body.toString()).toBe('two!');
  });

  it('asks whether a copy is still good when its time is over', async () => {
    let now = Date.now();
    const bucket = await startTestBucket();
    await bucket.putObject('a.txt', Buffer.from('one'), 'text/plain');
    const { url } = await startTestGateway(s3(bucket.origin), { sites: [{ ttl: '60s' }] }, () => now);
    const cached = async () => {
      const answer = await get(url, '/a.txt');
      return [answer.headers['x-cache-hit'], answer.body.toString()];
    };
    expect(await cached()).toEqual(['miss', 'one']);
    now += 61_000;
    expect(await cached()).toEqual(['revalidated', 'one']);
    expect(await cached()).toEqual(['hit', 'one']);
    now += 61_000;
    await bucket.putObject('a.txt', Buffer.from('two!'), 'text/plain');
    expect(await cached()).toEqual(['miss', 'two!']);
  });

  it('asks and fetches what was replaced in one request', async () => {
    let now = Date.now();
    const bucket = await startTestBucket();
    await bucket.putObject('a.mp4', video, 'video/mp4');
    const { url } = await startTestGateway(s3(bucket.origin), { sites: [{ ttl: '60s' }] }, () => now);
    await get(url, '/a.mp4');
    now += 61_000;
    expect((await get(url, '/a.mp4')).headers['x-cache-hit']).toBe('revalidated');
    now += 61_000;
    const changed = Buffer.concat([video, video]);
    await bucket.putObject('a.mp4', changed, 'video/mp4');
    const answer = await get(url, '/a.mp4', { headers: { range: 'bytes=4000000-4000099' } });
    expect(answer.body.equals(changed.subarray(4_000_000, 4_000_100))).toBe(true);
    expect(bucket.log.map(({ method, status }) => `${method} ${status}`)).toEqual([
      'GET 200',
      'GET 304',
      'GET 206',
    ]);
  });

  it('tells a type that was corrected, though the bytes and their tag stay', async () => {
    let now = Date.now();
    const stored = { type: 'text/plain', at: 'Sun, 06 Nov 1994 08:49:37 GMT' };
    const origin = await startOrigin((request, response) => {
      response.setHeader('Last-Modified', stored.at);
      if (request.headers['if-none-match'] === '"v1"') return void response.writeHead(304).end();
      response.setHeader('Content-Type', stored.type);
      sendBytes(request, response, Buffer.from('a'));
    });
    const { url } = await startTestGateway(s3(origin.origin), { sites: [{ ttl: '60s' }] }, () => now);
    const type = async () => (await get(url, '/a')).headers['content-type'];
    expect(await type()).toBe('text/plain');
    Object.assign(stored, { type: 'image/png', at: 'Mon, 07 Nov 1994 08:49:37 GMT' });
    now += 61_000;
    expect(await type()).toBe('image/png');
    expect(origin.seen).toHaveLength(3);
  });

  it('keeps copies as long as the bucket says with a ttl of the origin', async () => {
    let now = Date.now();
    const words: Record<string, string> = {
      '/demo/forever': 'max-age=31536000',
      '/demo/minute': 'max-age=60',
      '/demo/never': 'no-store',
      '/demo/ask': 'no-cache',
    };
    const origin = await startOrigin((request, response) => {
      const word = words[request.url ?? ''];
      if (word !== undefined) response.setHeader('Cache-Control', word);
      response.sendDate = false;
      if (request.headers['if-none-match'] === '"v1"') return void response.writeHead(304).end();
      sendBytes(request, response, Buffer.from('a'));
    });
    const { url } = await startTestGateway(s3(origin.origin), { sites: [{ ttl: 'origin' }] }, () => now);
    const use = async (path: string) => {
      const { headers } = await get(url, path);
      return [headers['x-cache-hit'], headers['cache-control']];
    };
    expect(await use('/forever')).toEqual(['miss', 'private, max-age=300']);
    expect(await use('/minute')).toEqual(['miss', 'private, max-age=60']);
    now += 50_000;
    expect(await use('/minute')).toEqual(['hit', 'private, max-age=10']);
    now += 11_000;
    expect(await use('/minute')).toEqual(['revalidated', 'private, max-age=60']);
    expect(await use('/forever')).toEqual(['hit', 'private, max-age=300']);
    for (const outcome of ['miss', 'miss']) {
      expect(await use('/never')).toEqual([outcome, 'private, no-store']);
    }
    for (const path of ['/ask', '/silent']) {
      expect(await use(path)).toEqual(['miss', 'private, no-cache']);
      expect(await use(path)).toEqual(['revalidated', 'private, no-cache']);
    }
  });

  it('asks the bucket each time with a ttl of 0', async () => {
    const { url, gets } = await start({ sites: [{ ttl: 0 }] });
    await get(url, '/media/film.mp4');
    expect((await get(url, '/media/film.mp4')).headers['x-cache-hit']).toBe('miss');
    expect(gets()).toBe(2);
  });

  it('asks the bucket once for an answer that is not kept, however short', async () => {
    const origin = await startOrigin((request, response) => sendBytes(request, response, Buffer.from('a')));
    const { url } = await startTestGateway(s3(origin.origin), { sites: [{ ttl: 0 }] });
    for (const _ of [1, 2]) expect((await get(url, '/a')).body.toString()).toBe('a');
    expect((await get(url, '/a', { headers: { 'x-bypass-cache': '1' } })).body.toString()).toBe('a');
    expect(origin.seen).toHaveLength(3);
  });

  it('starts with an empty cache', async () => {
    const { url, bucket, gateway, directory, gets } = await start();
    await get(url, '/media/film.mp4');
    await gateway.close(0);
    const again = await startTestGateway(s3(bucket.origin), { cache: { directory: `${directory}/cache` } });
    expect((await get(again.url, '/media/film.mp4')).headers['x-cache-hit']).toBe('miss');
    expect(gets()).toBe(2);
  });
});

describe('the query', () => {
  it('never reaches the bucket but for the version', async () => {
    const bytes = Buffer.from('<b>');
    const origin = await startOrigin((request, response) => sendBytes(request, response, bytes));
    const { url } = await startTestGateway(s3(origin.origin));
    await get(
      url,
      '/a.html?response-content-type=text%2Fhtml&acl&uploads=1&X-Amz-Date=x&versionId=a%2Fb&utm=1',
    );
    await get(url, '/a.html?acl');
    expect(origin.seen).toEqual(['GET /demo/a.html?versionId=a%2Fb whole', 'GET /demo/a.html whole']);
  });

  it('keeps versions of an object apart', async () => {
    const origin = await startOrigin((request, response) =>
      sendBytes(request, response, Buffer.from(request.url ?? ''), { etag: `"${request.url?.length}"` }),
    );
    const { url } = await startTestGateway(s3(origin.origin));
    expect((await get(url, '/a?versionId=1')).body.toString()).toBe('/demo/a?versionId=1');
    expect((await get(url, '/a?versionId=22')).body.toString()).toBe('/demo/a?versionId=22');
    expect((await get(url, '/a?versionId=1')).headers['x-cache-hit']).toBe('hit');
    expect((await get(url, '/a?versionId=1&versionId=2')).status).toBe(400);
  });

  it('does not override the type that the bucket tells', async () => {
    const { url } = await start();
    const answer = await get(url, '/media/film.mp4?response-content-type=text%2Fhtml');
    expect(answer.headers['content-type']).toBe('video/mp4');
  });
});

describe('what browsers are told', () => {
  const app = 'https://latchkey.example.com';

  it('allows the origins of the configuration and no others, also from the cache', async () => {
    const { url } = await start({ sites: [{ corsOrigins: [app] }] });
    const cors = async (headers: Record<string, string>) => {
      const answer = await get(url, '/media/film.mp4', { headers });
      return [
        answer.headers['access-control-allow-origin'],
        answer.headers['vary'],
        answer.headers['x-cache-hit'],
      ];
    };
    expect(await cors({})).toEqual([undefined, 'Origin', 'miss']);
    expect(await cors({ origin: app })).toEqual([app, 'Origin', 'hit']);
    expect(await cors({ origin: 'https://evil.example.com' })).toEqual([undefined, 'Origin', 'hit']);
  });

  it('exposes what viewers read, on ranges, 304 and refusals alike', async () => {
    const { url } = await start({ sites: [{ corsOrigins: [app] }] });
    for (const call of [
      { headers: { origin: app, range: 'bytes=0-9' } },
      { headers: { origin: app, 'if-none-match': '*' } },
      { headers: { origin: app, range: 'bytes=99999999-' } },
      { headers: { origin: app }, from: '127.0.0.9' },
    ]) {
      const answer = await get(url, '/media/film.mp4', call);
      expect(answer.headers['access-control-allow-origin']).toBe(app);
      expect(answer.headers['access-control-expose-headers']).toMatch(/Content-Range/);
    }
  });

  it('answers a preflight for ranges from a private network', async () => {
    const { url } = await start({ sites: [{ corsOrigins: [app] }] });
    const preflight = (origin: string) =>
      get(url, '/media/film.mp4', {
        method: 'OPTIONS',
        headers: {
          origin,
          'access-control-request-method': 'GET',
          'access-control-request-headers': 'range',
          'access-control-request-private-network': 'true',
        },
      });
    const answer = await preflight(app);
    expect(answer.status).toBe(204);
    expect(answer.headers).toMatchObject({
      'access-control-allow-origin': app,
      'access-control-allow-methods': 'GET, HEAD',
      'access-control-allow-private-network': 'true',
    });
    expect(answer.headers['access-control-allow-headers']).toMatch(/Range/);
    const refused = await preflight('https://evil.example.com');
    expect(refused.headers['access-control-allow-origin']).toBeUndefined();
    expect(refused.headers['access-control-allow-methods']).toBeUndefined();
  });

  it('does not run pages of the bucket, and passes no cookie in either direction', async () => {
    const cookies: unknown[] = [];
    const origin = await startOrigin((request, response) => {
      cookies.push(request.headers.cookie, request.headers.authorization?.slice(0, 16));
      response.setHeader('Set-Cookie', 'a=b');
      response.setHeader('Content-Type', 'image/svg+xml');
      response.setHeader('Cache-Control', 'public, max-age=99999');
      sendBytes(request, response, Buffer.from('<svg/>'));
    });
    const { url } = await startTestGateway(s3(origin.origin));
    const answer = await get(url, '/a.svg', { headers: { cookie: 'session=1', authorization: 'Bearer x' } });
    expect(cookies).toEqual([undefined, 'AWS4-HMAC-SHA256']);
    expect(answer.headers['set-cookie']).toBeUndefined();
    expect(answer.headers['content-security-policy']).toMatch(/^sandbox/);
    expect(answer.headers['cache-control']).toBe('private, max-age=300');
  });

  it('answers other methods with 405 and what is allowed', async () => {
    const { url, bucket } = await start();
    for (const method of ['POST', 'PUT', 'DELETE', 'PATCH', 'TRACE']) {
      const answer = await get(url, '/media/film.mp4', { method });
      expect([answer.status, answer.headers['allow']]).toEqual([405, 'GET, HEAD, OPTIONS']);
    }
    expect(bucket.log).toEqual([]);
  });
});
