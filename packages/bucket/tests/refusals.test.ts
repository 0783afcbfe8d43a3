import { describe, expect, it } from 'vitest';
import { type Answer, BYTES, errorCode, get, openBucket, send } from './bucket-fixture.js';
import { NOON, sign } from './sign.js';

const PATH = '/demo/images/a.jpg';
const summary = (answer: Answer) => [answer.status, errorCode(answer)];

describe('a request that is not signed', () => {
  it.each([
    ['an object', PATH],
    ['an object that is not there', '/demo/none.jpg'],
    ['an object of another bucket', '/other/a.jpg'],
    ['the bucket', '/demo'],
    ['the listing', '/demo/?list-type=2'],
    ['the list of buckets', '/'],
    ['a Google signature', `${PATH}?X-Goog-Algorithm=GOOG4-RSA-SHA256&X-Goog-Signature=00`],
  ])('is refused for %s', async (_name, target) => {
    const answer = await send(await openBucket(), target);

    expect(summary(answer)).toEqual([403, 'AccessDenied']);
    expect(answer.headers['content-type']).toBe('application/xml');
  });

  it('is refused with an Authorization header that is not whole, alone and beside a signature', async () => {
    const bucket = await openBucket();
    const headers = {
      authorization: 'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260301/us-east-1/s3/aws4_request',
    };

    expect(summary(await send(bucket, PATH, { headers }))).toEqual([400, 'AuthorizationHeaderMalformed']);
    expect(summary(await get(bucket, headers))).toEqual([400, 'InvalidArgument']);
  });

  it('is refused with a version 2 signature, alone and beside a version 4 one', async () => {
    const bucket = await openBucket();
    const version2 = 'AWSAccessKeyId=AKIDEXAMPLE&Expires=1772370000&Signature=abc%3D';

    expect(summary(await send(bucket, `${PATH}?${version2}`))).toEqual([400, 'InvalidRequest']);
    expect(summary(await send(bucket, `${sign(bucket.origin, PATH)}&${version2}`))).toEqual([
      400,
      'InvalidRequest',
    ]);
  });
});

describe('a signed request for something that is not an object', () => {
  it.each([
    ['/demo', [403, 'AccessDenied']],
    ['/demo/', [403, 'AccessDenied']],
    ['/', [403, 'AccessDenied']],
    ['/other/a.jpg', [404, 'NoSuchBucket']],
    ['/demo/none.jpg', [404, 'NoSuchKey']],
    ['/demo/images/../images/a.jpg', [404, 'NoSuchKey']],
    ['/demo/../../../../etc/passwd', [404, 'NoSuchKey']],
    ['/demo/toString', [404, 'NoSuchKey']],
  ])('refuses %s', async (path, expected) => {
    expect(summary(await get(await openBucket(), {}, { path }))).toEqual(expected);
  });

  it('refuses the listing', async () => {
    const bucket = await openBucket();

    const answer = await get(bucket, {}, { path: '/demo/', query: { 'list-type': '2' } });

    expect(summary(answer)).toEqual([403, 'AccessDenied']);
    expect(answer.body.toString()).not.toContain('images/');
  });

  it.each(['PUT', 'POST', 'DELETE', 'PATCH'])('refuses %s even with its own signature', async (method) => {
    const bucket = await openBucket();

    expect(summary(await get(bucket, {}, { method }))).toEqual([405, 'MethodNotAllowed']);
    expect((await get(bucket)).body).toEqual(BYTES);
  });
});

describe('a signature', () => {
  it('opens nothing once any character of it is changed', async () => {
    const bucket = await openBucket();
    const signed = sign(bucket.origin, PATH);
    const start = signed.length - 64;
    for (const at of [start, start + 31, signed.length - 1]) {
      const flipped = signed.slice(0, at) + (signed[at] === '0' ? '1' : '0') + signed.slice(at + 1);
      expect(summary(await send(bucket, flipped))).toEqual([403, 'SignatureDoesNotMatch']);
    }
  });

  it.each([
    ['a longer life', (url: string) => url.replace('X-Amz-Expires=3600', 'X-Amz-Expires=7200')],
    ['a later date', (url: string) => url.replace('T120000Z', 'T120001Z')],
    ['another region', (url: string) => url.replace('eu-west-2', 'us-east-1')],
    ['another key', (url: string) => url.replace('a.jpg', 'b.jpg')],
    ['another parameter', (url: string) => `${url}&response-content-type=text%2Fhtml`],
    ['a shorter signature', (url: string) => url.slice(0, -2)],
    ['an empty signature', (url: string) => url.slice(0, -64)],
    ['a signature in capitals', (url: string) => url.slice(0, -64) + url.slice(-64).toUpperCase()],
  ])('does not hold with %s', async (_name, tamper) => {
    const bucket = await openBucket();
    await bucket.putObject('images/b.jpg', BYTES, 'image/jpeg');

    expect(summary(await send(bucket, tamper(sign(bucket.origin, PATH))))).toEqual([
      403,
      'SignatureDoesNotMatch',
    ]);
  });

  it('does not hold for another host, another secret or another key id', async () => {
    const bucket = await openBucket();

    expect(summary(await get(bucket, { host: 'localhost' }))).toEqual([403, 'SignatureDoesNotMatch']);
    expect(summary(await get(bucket, {}, { secret: 'another' }))).toEqual([403, 'SignatureDoesNotMatch']);
    expect(summary(await get(bucket, {}, { accessKeyId: 'AKIDOTHER' }))).toEqual([403, 'InvalidAccessKeyId']);
  });

  it('for GET does not open HEAD, nor one for HEAD GET', async () => {
    const bucket = await openBucket();
    const head = await send(bucket, sign(bucket.origin, PATH), { method: 'HEAD' });
    const body = await send(bucket, sign(bucket.origin, PATH, { method: 'HEAD' }));

    expect([head.status, head.body.length]).toEqual([403, 0]);
    expect(summary(body)).toEqual([403, 'SignatureDoesNotMatch']);
  });

  it('covers every x-amz header, and a signed header as it was signed', async () => {
    const bucket = await openBucket();
    const signed = { headers: { 'x-amz-request-payer': 'requester' } };

    expect(summary(await get(bucket, { 'x-amz-acl': 'public-read' }))).toEqual([403, 'AccessDenied']);
    expect((await get(bucket, { 'x-amz-request-payer': 'requester' }, signed)).status).toBe(200);
    expect(summary(await get(bucket, { 'x-amz-request-payer': 'other' }, signed))).toEqual([
      403,
      'SignatureDoesNotMatch',
    ]);
  });

  it('has to cover the host', async () => {
    const bucket = await openBucket();
    const answer = await send(
      bucket,
      sign(bucket.origin, PATH).replace('SignedHeaders=host', 'SignedHeaders=range'),
    );

    expect(summary(answer)).toEqual([403, 'AccessDenied']);
  });
});

describe('the time', () => {
  it('ends a URL at the second it names, with the times in the answer', async () => {
    let now = NOON + 3_599_999;
    const bucket = await openBucket({ now: () => now });
    const url = sign(bucket.origin, PATH);
    expect((await send(bucket, url)).status).toBe(200);

    now += 1;
    const answer = await send(bucket, url);

    expect(summary(answer)).toEqual([403, 'AccessDenied']);
    expect(answer.body.toString()).toContain(
      '<Message>Request has expired</Message><X-Amz-Expires>3600</X-Amz-Expires>' +
        '<Expires>2026-03-01T13:00:00Z</Expires><ServerTime>2026-03-01T13:00:00Z</ServerTime>',
    );
  });

  it('may be a quarter of an hour ahead at the signer, and no more', async () => {
    const bucket = await openBucket();

    expect((await get(bucket, {}, { signedAt: NOON + 900_000 })).status).toBe(200);
    expect(summary(await get(bucket, {}, { signedAt: NOON + 901_000 }))).toEqual([
      403,
      'RequestTimeTooSkewed',
    ]);
  });

  it.each([1, 604_800])('allows X-Amz-Expires of %s', async (expires) => {
    expect((await get(await openBucket(), {}, { expires })).status).toBe(200);
  });

  it.each([0, 604_801, -1, '1e3', '3600.5', '', 'NaN', '99999999999'])(
    'refuses X-Amz-Expires of "%s"',
    async (expires) => {
      const answer = await get(await openBucket(), {}, { expires });

      expect(summary(answer)).toEqual([400, 'AuthorizationQueryParametersError']);
    },
  );
});

describe('parameters that cannot be read', () => {
  it.each([
    ['without X-Amz-Date', (url: string) => url.replace(/&X-Amz-Date=[^&]+/, '')],
    ['without X-Amz-Signature', (url: string) => url.replace(/&X-Amz-Signature=.*/, '')],
    ['with X-Amz-Expires twice', (url: string) => `${url}&X-Amz-Expires=60`],
    ['with another algorithm', (url: string) => url.replace('HMAC-SHA256', 'ECDSA-P256-SHA256')],
    ['with another service', (url: string) => url.replace('%2Fs3%2F', '%2Fsts%2F')],
    ['with another day in the credential', (url: string) => url.replace('%2F20260301', '%2F20260228')],
    ['with a date that is none', (url: string) => url.replaceAll('20260301', '20269901')],
    [
      'with header names in capitals',
      (url: string) => url.replace('SignedHeaders=host', 'SignedHeaders=Host'),
    ],
  ])('are refused %s', async (_name, spoil) => {
    const bucket = await openBucket();

    const answer = await send(bucket, spoil(sign(bucket.origin, PATH)));

    expect(summary(answer)).toEqual([400, 'AuthorizationQueryParametersError']);
  });

  it.each(['/demo/%zz', '/demo/%ff', `${PATH}?X-Amz-Signature=%`])('are refused in %s', async (target) => {
    expect(summary(await send(await openBucket(), target))).toEqual([400, 'InvalidURI']);
  });

  it('are refused in a URL that is too long', async () => {
    const bucket = await openBucket();
    const longest = get(bucket, {}, { query: { pad: 'x'.repeat(7_700) } });
    const longer = get(bucket, {}, { query: { pad: 'x'.repeat(8_192) } });

    expect((await longest).status).toBe(200);
    expect(summary(await longer)).toEqual([414, 'URITooLong']);
  });
});

describe('the secrets', () => {
  it('stay out of every refusal', async () => {
    const bucket = await openBucket();
    const url = sign(bucket.origin, PATH, { secret: 'another' });

    for (const target of [url, `/demo/${encodeURIComponent(url)}`]) {
      const { status, body } = await send(bucket, target);
      expect(status).toBe(403);
      expect(body.toString()).not.toContain(url.slice(-64));
      expect(body.toString()).not.toContain('X-Amz-Signature');
    }
  });
});
