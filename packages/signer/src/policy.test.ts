import { describe, expect, it } from 'vitest';
import { readSignerConfig } from './config.js';
import { placeOf } from './object-place.js';
import { findRule } from './policy.js';
import { createRateLimit } from './rate-limit.js';

const integration = '0198c1a2-7a54-7000-8000-000000000000';
const ada = { userId: 'u1', email: 'ada@acme.com', integration };
const base = {
  signerUrl: 'https://signer.example.com/sign',
  latchkeyUrl: 'https://latchkey.example.com/',
  rules: [
    { prefix: 's3://acme/', integrations: '*', users: '*', expiresInSeconds: 60 },
    { prefix: 's3://acme/secret/', integrations: [integration], users: ['*@acme.com'], expiresInSeconds: 30 },
    { prefix: 'https://minio.lan/lab/', integrations: '*', users: ['u1'], store: 'minio' },
  ],
  stores: { minio: { endpoint: 'https://minio.lan' } },
};
const read = (change: object = {}) => readSignerConfig(JSON.stringify({ ...base, ...change }));

describe('the policy', () => {
  const { rules } = read();
  const seconds = (object: string, asker = ada) => findRule(rules, object, asker)?.expiresInSeconds ?? null;

  it('decides by the longest prefix that is for who asks', () => {
    expect(seconds('s3://acme/a.jpg')).toBe(60);
    expect(seconds('s3://acme/secret/a.jpg')).toBe(30);
    expect(seconds('s3://acme/secret/a.jpg', { ...ada, email: 'ada@other.com' })).toBe(60);
    expect(seconds('s3://acme/secret/a.jpg', { ...ada, integration: 'another' })).toBe(60);
    expect(seconds('https://minio.lan/lab/a.jpg')).toBe(900);
    expect(seconds('https://minio.lan/lab/a.jpg', { ...ada, userId: 'u2' })).toBeNull();
  });

  it('refuses what no rule names', () => {
    for (const object of ['s3://acme-other/a', 's3://acm/a', 'gs://acme/a', 's3://acme'])
      expect(seconds(object)).toBeNull();
  });

  it('does not take a part of a domain for the domain', () => {
    const { rules: strict } = read({ rules: [{ ...base.rules[0], users: ['*@acme.com'] }] });
    expect(findRule(strict, 's3://acme/a', { ...ada, email: 'eve@notacme.com' })).toBeNull();
    expect(findRule(strict, 's3://acme/a', { ...ada, email: 'eve@acme.com.evil.org' })).toBeNull();
  });

  it.each([
    ['s3://acme/', 's3://acme/'],
    ['https://acme.s3.eu-west-2.amazonaws.com/a b/'.replace(' ', '%20'), 's3://acme/a%20b/'],
    ['az://acme/images/train/', 'az://acme/images/train/'],
  ])('reads the prefix %s as %s', (prefix, identity) => {
    expect(read({ rules: [{ ...base.rules[0], prefix }] }).rules[0]?.prefix).toBe(identity);
  });

  it.each([
    [{ rules: [] }, '"rules" must be a list'],
    [{ rules: [{ ...base.rules[0], prefix: 's3://acme' }] }, '"rules[0].prefix" must name a bucket'],
    [{ rules: [{ ...base.rules[0], users: undefined }] }, '"rules[0].users" must be "*" or a list'],
    [{ rules: [{ ...base.rules[0], integrations: [] }] }, '"rules[0].integrations" must be'],
    [{ rules: [{ ...base.rules[0], store: 'none' }] }, '"rules[0].store" must be one of "stores"'],
    [{ rules: [{ ...base.rules[0], expiresInSeconds: 604_801 }] }, 'from 1 to 604800'],
    [{ latchkeyUrl: 'latchkey.example.com' }, '"latchkeyUrl" must be a URL'],
    [{ sotres: {} }, '"sotres" is not a setting'],
    [{ limits: { maxObjects: 100 } }, '"limits.maxObjects" must be a whole number from 500'],
  ])('refuses settings that are wrong: %j', (change, message) => {
    expect(() => read(change)).toThrow(message);
  });

  it('finds the keys below the address of Latchkey, unless told otherwise', () => {
    expect(read()).toMatchObject({
      latchkeyUrl: 'https://latchkey.example.com',
      keysUrl: 'https://latchkey.example.com/.well-known/jwks.json',
    });
    expect(read({ keysUrl: 'http://latchkey:8787/keys' }).keysUrl).toBe('http://latchkey:8787/keys');
  });
});

describe('the place of an object', () => {
  const { rules } = read();
  const [plain, , minio] = rules;
  if (!plain || !minio) throw new Error('The rules of the test are not there.');

  it.each([
    ['s3://acme/a%20b/%C3%A9.jpg', plain, 's3://acme', 'a b/é.jpg', null],
    ['gs://acme/a', plain, 'gs://acme', 'a', null],
    ['az://acme/images/a/b', plain, 'az://acme/images', 'a/b', null],
    ['obs://obs.eu-de.otc.t-systems.com/acme/a', plain, 'obs://obs.eu-de.otc.t-systems.com/acme', 'a', null],
    [
      'r2://0a.r2.cloudflarestorage.com/acme/a',
      plain,
      's3://acme',
      'a',
      'https://0a.r2.cloudflarestorage.com',
    ],
    ['https://minio.lan/lab/a', minio, 's3://lab', 'a', null],
  ])('is read from %s', (object, rule, bucketUri, key, endpoint) => {
    expect(placeOf(object, rule)).toEqual({ bucketUri, key, version: {}, endpoint });
  });

  it.each([
    ['s3://acme/a?versionId=3HL4kqtJ', plain, { versionId: '3HL4kqtJ' }],
    ['gs://acme/a?generation=1700000000000001', plain, { generation: '1700000000000001' }],
    ['az://acme/i/a?versionid=2026-02-01T00%3A00%3A00.0Z', plain, { versionid: '2026-02-01T00:00:00.0Z' }],
    ['az://acme/i/a?snapshot=2026-02-01T00%3A00%3A00.0Z', plain, { snapshot: '2026-02-01T00:00:00.0Z' }],
    ['obs://obs.eu-de.otc.t-systems.com/acme/a?versionId=1', plain, { versionId: '1' }],
    ['https://minio.lan/lab/a?versionId=1', minio, { versionId: '1' }],
  ])('has the version of %s', (object, rule, version) => {
    expect(placeOf(object, rule)).toMatchObject({ key: 'a', version });
  });

  it.each([
    ['https://minio.lan/lab/a', 'its rule must name a store'],
    ['s3://acme/a/../b', 'browsers do not send'],
    ['s3://acme/a?generation=1', 'signs versionId of objects of s3'],
    ['gs://acme/a?versionId=1', 'signs generation of objects of gs'],
    ['az://acme/i/a?snapshot=1&versionid=1', 'signs versionid or snapshot of objects of az'],
    ['s3://acme/a?versionId=', 'one at a time'],
    ['s3://acme/a?acl', 'signs versionId'],
    ['s3://acme/%FF', 'not text in UTF-8'],
    ['gdrive://abc', 'This signer signs objects of'],
  ])('is refused as unsupported for %s', (object, message) => {
    expect(() => placeOf(object, plain)).toThrow(
      expect.objectContaining({ code: 'unsupported', message: expect.stringContaining(message) }),
    );
  });
});

describe('the rate limit', () => {
  it('refuses a user who asks too often or for too much, until the minute is over', () => {
    let now = 0;
    const limit = createRateLimit({ requestsPerMinute: 3, objectsPerMinute: 600 }, () => now);
    limit('u1', 500);
    limit('u2', 500);
    limit('u1', 100);
    expect(() => limit('u1', 1)).toThrow(
      expect.objectContaining({ status: 429, code: 'rate_limited', headers: { 'retry-after': '60' } }),
    );
    now = 59_999;
    expect(() => limit('u1', 0)).toThrow(expect.objectContaining({ headers: { 'retry-after': '1' } }));
    now = 60_000;
    limit('u1', 600);
  });
});
