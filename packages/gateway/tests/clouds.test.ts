import { gunzipSync, gzipSync } from 'node:zlib';
import { type Azurite, account, accountKey, startAzurite } from '@latchkey/object-store/testing/azurite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { get, patterned } from './client.js';
import { s3, startTestBucket, startTestGateway } from './gateway-fixture.js';
import { sendBytes, startOrigin } from './origin-server.js';

const film = patterned(600_000);
const key = 'team a/ü+(1).mp4';
const path = '/team%20a/%C3%BC%2B(1).mp4';

const gcs = (endpoint: string): Record<string, unknown> => ({ ...s3(endpoint), type: 'gcs' });

/** Each takes signatures of its own region alone, as the cloud's endpoint does. */
const stores = [
  {
    name: 'OBS, by its S3 dialect',
    region: 'eu-de',
    version: 'versionId',
    origin: (at: string) => s3(at, { region: 'eu-de' }),
  },
  { name: 'Google, by an HMAC key', region: 'auto', version: 'generation', origin: gcs },
];

describe.each(stores)('a bucket of $name', ({ region, version, origin }) => {
  it('is opened by signed requests: whole, ranges, HEAD, and a version by its name', async () => {
    const bucket = await startTestBucket({ region });
    await bucket.putObject(key, film, 'video/mp4');
    const { url } = await startTestGateway(origin(bucket.origin));
    const range = await get(url, path, { headers: { range: 'bytes=300000-400000' } });
    expect([range.status, range.body.equals(film.subarray(300_000, 400_001))]).toEqual([206, true]);
    expect((await get(url, path)).body.equals(film)).toBe(true);
    expect((await get(url, path, { method: 'HEAD' })).headers['content-length']).toBe('600000');
    // The bucket knows no versions, and yet verifies that the parameter is signed.
    expect((await get(url, `${path}?${version}=null`)).status).toBe(200);
    expect((await get(url, '/missing.mp4')).status).toBe(404);
    expect(bucket.log.filter(({ status }) => status >= 400).map(({ status }) => status)).toEqual([404]);
  });

  it('refuses a key that is not its own, and the gateway says so', async () => {
    const bucket = await startTestBucket({ region, secretAccessKey: 'another' });
    await bucket.putObject(key, film, 'video/mp4');
    const { url, log } = await startTestGateway(origin(bucket.origin));
    const answer = await get(url, path);
    expect([answer.status, JSON.parse(answer.body.toString()).code]).toEqual([502, 'origin_key_refused']);
    expect(log()).toContain('SignatureDoesNotMatch');
  });
});

it('objects that Google holds as gzip arrive as they are stored, with length and ranges', async () => {
  const stored = gzipSync(film);
  const origin = await startOrigin((request, response) => {
    // "Decompressive transcoding": without a length, and whatever the range.
    if (request.headers['accept-encoding'] !== 'gzip') {
      return void response.writeHead(200, { ETag: 'W/"1"' }).end(film);
    }
    response.setHeader('Content-Encoding', 'gzip');
    sendBytes(request, response, stored);
  });
  const { url } = await startTestGateway(gcs(origin.origin));
  const answer = await get(url, '/film.json');
  expect(answer.headers).toMatchObject({
    'content-encoding': 'gzip',
    'content-length': String(stored.length),
  });
  expect(gunzipSync(answer.body).equals(film)).toBe(true);
});

describe('a container of Azure, of which Azurite verifies the signatures', () => {
  let azurite: Azurite;
  beforeAll(async () => {
    azurite = await startAzurite();
    await azurite.createContainer('media');
    await azurite.putBlob('media', `scans/${key}`, 'first');
  });
  afterAll(() => azurite.close());

  const startAzureGateway = (secret = accountKey) =>
    startTestGateway(
      {
        type: 'azure',
        account,
        container: 'media',
        endpoint: azurite.endpoint,
        accountKey: { env: 'AZURE' },
        prefix: 'scans/',
      },
      { sites: [{ ttl: 0 }] },
      Date.now,
      { AZURE: secret },
    );

  it('is opened by signed requests: whole, ranges, HEAD, conditions, and a snapshot by its moment', async () => {
    const { url } = await startAzureGateway();
    const whole = await get(url, path);
    expect([whole.status, whole.body.toString()]).toEqual([200, 'first']);
    const range = await get(url, path, { headers: { range: 'bytes=1-2' } });
    expect([range.status, range.body.toString()]).toEqual([206, 'ir']);
    expect((await get(url, path, { method: 'HEAD' })).headers['content-length']).toBe('5');
    const { etag = '' } = whole.headers;
    expect((await get(url, path, { headers: { 'if-none-match': etag } })).status).toBe(304);
    const moment = await azurite.snapshotBlob('media', `scans/${key}`);
    await azurite.putBlob('media', `scans/${key}`, 'second');
    expect((await get(url, path)).body.toString()).toBe('second');
    const snapshot = await get(url, `${path}?snapshot=${encodeURIComponent(moment)}&sig=x&rsct=text%2Fhtml`);
    expect([snapshot.status, snapshot.body.toString()]).toEqual([200, 'first']);
    expect((await get(url, '/missing.txt')).status).toBe(404);
  });

  it('refuses a key that is not its own, and the gateway says so', async () => {
    const { url, log } = await startAzureGateway(Buffer.from('another').toString('base64'));
    const answer = await get(url, path);
    expect([answer.status, JSON.parse(answer.body.toString()).code]).toEqual([502, 'origin_key_refused']);
    expect(log()).not.toMatch(/sig=|se=/);
  });
});
