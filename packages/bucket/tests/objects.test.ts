import { statSync } from 'node:fs';
import { createPresigner } from '@latchkey/locator/sigv4/presigner';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { demoMedia } from '../src/demo-media.js';
import { BYTES, errorCode, get, openBucket, send } from './bucket-fixture.js';
import { ACCESS_KEY_ID, NOON, SECRET_ACCESS_KEY, sign } from './sign.js';

const BIG = Buffer.alloc(3_000_000, 'latchkey ');

describe('an object', () => {
  it('comes whole, with its type, length, tag and date', async () => {
    const { status, headers, body } = await get(await openBucket());

    expect([status, body]).toEqual([200, BYTES]);
    expect(headers).toMatchObject({
      'content-type': 'image/jpeg',
      'content-length': '16',
      'accept-ranges': 'bytes',
      'last-modified': 'Sun, 01 Mar 2026 12:00:00 GMT',
      etag: expect.stringMatching(/^"[0-9a-f]{32}"$/),
    });
  });

  it('answers HEAD with the headers of GET to a signature for HEAD', async () => {
    const bucket = await openBucket();
    const head = await get(bucket, {}, { method: 'HEAD' });
    const whole = await get(bucket);
    const { date: _a, 'x-amz-request-id': _b, ...headers } = head.headers;

    expect([head.status, head.body.length]).toEqual([200, 0]);
    expect(whole.headers).toMatchObject(headers);
  });

  it('may be empty', async () => {
    const bucket = await openBucket();
    await bucket.putObject('empty', new Uint8Array(), 'text/plain');
    const path = '/demo/empty';

    const whole = await get(bucket, {}, { path });

    expect([whole.status, whole.headers['content-length'], whole.body.length]).toEqual([200, '0', 0]);
    expect((await get(bucket, { range: 'bytes=0-' }, { path })).status).toBe(416);
  });

  it('changes its tag and bytes when it is replaced', async () => {
    const bucket = await openBucket();
    const before = await get(bucket);
    await bucket.putObject('images/a.jpg', Buffer.from('new'), 'image/png');

    const after = await get(bucket);

    expect([after.body.toString(), after.headers['content-type']]).toEqual(['new', 'image/png']);
    expect(after.headers.etag).not.toBe(before.headers.etag);
  });

  it('comes from a file as it is', async () => {
    const bucket = await openBucket();
    const media = demoMedia();
    for (const { key, filePath, contentType } of media) await bucket.putObject(key, filePath, contentType);

    const answers = await Promise.all(media.map(({ key }) => get(bucket, {}, { path: `/demo/${key}` })));

    expect(answers.map(({ body }) => body.length)).toEqual(
      media.map(({ filePath }) => statSync(filePath).size),
    );
    expect(answers.map(({ headers }) => headers['content-type'])).toEqual(
      media.map(({ contentType }) => contentType),
    );
  });

  it('takes the headers that its signer asks for', async () => {
    const query = {
      'response-content-type': 'text/plain; charset=utf-8',
      'response-content-disposition': 'attachment; filename="b.txt"',
    };
    const { headers } = await get(await openBucket(), {}, { query });

    expect(headers['content-type']).toBe('text/plain; charset=utf-8');
    expect(headers['content-disposition']).toBe('attachment; filename="b.txt"');
    const split = await get(await openBucket(), {}, { query: { 'response-expires': 'a\r\nset-cookie: b' } });
    expect([split.status, errorCode(split)]).toEqual([400, 'InvalidArgument']);
  });
});

describe('a key', () => {
  const keys = [
    'my file.jpg',
    'ü/文/🗝.jpg',
    "(1)'*!~.jpg",
    'a+b=c&d?e#f',
    'literal %2F here',
    'double//slash',
    '/leading',
    'trailing/',
    'a/../b',
    ':;@$,=[]',
    '<script>"',
    '..',
    'x'.repeat(1024),
  ];

  it.each(keys)('such as "%s" opens with the signature of locator and of the test', async (key) => {
    const bucket = await openBucket();
    await bucket.putObject(key, Buffer.from(key), 'text/plain');
    const url = presignerFor(bucket.origin)(key, { expiresInSeconds: 60 });

    const byLocator = await send(bucket, url.slice(bucket.origin.length));
    const byTest = await get(bucket, {}, { path: `/demo/${key}` });

    expect([byLocator.status, byLocator.body.toString()]).toEqual([200, key]);
    expect([byTest.status, byTest.body.toString()]).toEqual([200, key]);
  });

  it('of any text opens with a URL that locator signs', async () => {
    const bucket = await openBucket();
    const presign = presignerFor(bucket.origin);
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', minLength: 1, maxLength: 60 }), async (key) => {
        await bucket.putObject(key, Buffer.from(key), 'text/plain');
        const answer = await send(bucket, presign(key, { expiresInSeconds: 60 }).slice(bucket.origin.length));
        expect([answer.status, answer.body.toString()]).toEqual([200, key]);
      }),
      { numRuns: 50 },
    );
  });

  it('has 1 to 1,024 bytes', async () => {
    const bucket = await openBucket();

    await expect(bucket.putObject('', BYTES, 'image/jpeg')).rejects.toMatchObject({
      code: 'InvalidArgument',
    });
    await expect(bucket.putObject('ü'.repeat(513), BYTES, 'image/jpeg')).rejects.toMatchObject({
      code: 'KeyTooLongError',
    });
  });
});

describe('a range', () => {
  it.each([
    ['bytes=0-3', '0123', 'bytes 0-3/16'],
    ['bytes=10-', 'abcdef', 'bytes 10-15/16'],
    ['bytes=14-99', 'ef', 'bytes 14-15/16'],
    ['bytes=-5', 'bcdef', 'bytes 11-15/16'],
    ['bytes=-99', BYTES.toString(), 'bytes 0-15/16'],
    ['bytes=15-15', 'f', 'bytes 15-15/16'],
  ])('of %s answers 206', async (range, expected, contentRange) => {
    const { status, headers, body } = await get(await openBucket(), { range });

    expect([status, body.toString()]).toEqual([206, expected]);
    expect(headers['content-range']).toBe(contentRange);
    expect(headers['content-length']).toBe(String(expected.length));
  });

  it.each(['bytes=16-', 'bytes=99-100', 'bytes=-0'])('of %s answers 416 with the size', async (range) => {
    const answer = await get(await openBucket(), { range });

    expect([answer.status, errorCode(answer)]).toEqual([416, 'InvalidRange']);
    expect(answer.headers['content-range']).toBe('bytes */16');
  });

  it.each(['bytes=5-2', 'bytes=-', 'items=0-3', 'bytes=0-1,4-5', 'nonsense'])(
    'of %s is ignored',
    async (range) => {
      const { status, body } = await get(await openBucket(), { range });

      expect([status, body]).toEqual([200, BYTES]);
    },
  );

  it('answers HEAD with 206 and no body', async () => {
    const { status, headers, body } = await get(
      await openBucket(),
      { range: 'bytes=0-3' },
      { method: 'HEAD' },
    );

    expect([status, headers['content-length'], body.length]).toEqual([206, '4', 0]);
  });

  it('may be signed, and then only that one is answered', async () => {
    const bucket = await openBucket();
    const signed = { headers: { range: 'bytes=0-3' } };

    expect((await get(bucket, { range: 'bytes=0-3' }, signed)).status).toBe(206);
    expect((await get(bucket, { range: 'bytes=0-4' }, signed)).status).toBe(403);
  });
});

describe('a condition', () => {
  it('on the range holds for the same tag or date, and else gives the whole object', async () => {
    const bucket = await openBucket();
    const { headers } = await get(bucket);
    const withIfRange = async (ifRange = '') =>
      (await get(bucket, { range: 'bytes=0-3', 'if-range': ifRange })).status;

    expect(await withIfRange(headers.etag)).toBe(206);
    expect(await withIfRange(headers['last-modified'])).toBe(206);
    expect(await withIfRange('"other"')).toBe(200);
    expect(await withIfRange(`W/${headers.etag}`)).toBe(200);
    expect(await withIfRange('Sun, 01 Mar 2026 12:00:01 GMT')).toBe(200);
  });

  it.each([
    ['if-none-match', 'TAG', 304],
    ['if-none-match', '"x", W/TAG', 304],
    ['if-none-match', '"x"', 200],
    ['if-match', 'TAG', 200],
    ['if-match', '*', 200],
    ['if-match', '"x"', 412],
    ['if-modified-since', 'Sun, 01 Mar 2026 12:00:00 GMT', 304],
    ['if-modified-since', 'Sun, 01 Mar 2026 11:59:59 GMT', 200],
    ['if-modified-since', 'nonsense', 200],
    ['if-unmodified-since', 'Sun, 01 Mar 2026 11:59:59 GMT', 412],
    ['if-unmodified-since', 'Sun, 01 Mar 2026 12:00:00 GMT', 200],
  ])('%s: %s answers %s', async (name, value, status) => {
    const bucket = await openBucket();
    const { headers } = await get(bucket);

    const answer = await get(bucket, { [name]: value.replace('TAG', headers.etag ?? '') });

    expect(answer.status).toBe(status);
  });
});

it('sends a large object in full to many readers at once', async () => {
  const bucket = await openBucket();
  await bucket.putObject('big.bin', BIG, 'application/octet-stream');
  const target = sign(bucket.origin, '/demo/big.bin');

  const answers = await Promise.all(Array.from({ length: 8 }, () => send(bucket, target)));

  expect(answers.every(({ body }) => body.equals(BIG))).toBe(true);
});

function presignerFor(endpoint: string) {
  return createPresigner({
    endpoint,
    bucket: 'demo',
    region: 'us-east-1',
    accessKeyId: ACCESS_KEY_ID,
    secretAccessKey: SECRET_ACCESS_KEY,
    pathStyle: true,
    now: () => NOON,
  });
}
