import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type AzureKey, type AzurePlace, createAzurePresigner } from './azure-presigner.js';

// That an Azure service takes these signatures is proven in packages/object-store/tests.

const accountKey = Buffer.from('an account key of the tests').toString('base64');
const place: AzurePlace = {
  account: 'acme',
  container: 'data',
  endpoint: 'https://acme.blob.core.windows.net',
  now: () => Date.UTC(2026, 2, 1, 12),
};
const delegationKey = {
  signedObjectId: 'object-id',
  signedTenantId: 'tenant-id',
  signedStart: '2026-03-01T11:55:00Z',
  signedExpiry: '2026-03-02T12:00:00Z',
  signedService: 'b',
  signedVersion: '2020-12-06',
  value: accountKey,
};

const hmac = (lines: readonly string[]): string =>
  encodeURIComponent(
    createHmac('sha256', Buffer.from(accountKey, 'base64')).update(lines.join('\n')).digest('base64'),
  );

describe('createAzurePresigner', () => {
  it('signs the documented fields of a service SAS in their order', () => {
    const url = createAzurePresigner({ ...place, accountKey })('img/a b.jpg', { expiresInSeconds: 3600 });
    const expiry = '2026-03-01T13:00:00Z';
    const signature = hmac([
      ...['r', '', expiry, '/blob/acme/data/img/a b.jpg', '', '', 'https', '2020-12-06', 'b'],
      ...['', '', '', '', '', '', ''],
    ]);
    expect(url).toBe(
      'https://acme.blob.core.windows.net/data/img/a%20b.jpg?sv=2020-12-06&spr=https' +
        `&se=2026-03-01T13%3A00%3A00Z&sr=b&sp=r&sig=${signature}`,
    );
  });

  it('signs the delegation key along with what it signs', () => {
    const url = createAzurePresigner({ ...place, delegationKey })('a.jpg', { expiresInSeconds: 3600 });
    const signature = hmac([
      ...['r', '', '2026-03-01T13:00:00Z', '/blob/acme/data/a.jpg'],
      ...['object-id', 'tenant-id', '2026-03-01T11:55:00Z', '2026-03-02T12:00:00Z', 'b', '2020-12-06'],
      ...['', '', '', '', 'https', '2020-12-06', 'b', '', '', '', '', '', '', ''],
    ]);
    expect(url).toContain(`&skoid=object-id&sktid=tenant-id&skt=2026-03-01T11%3A55%3A00Z`);
    expect(url).toContain(`&sig=${signature}`);
  });

  it.each([
    ['a container, for listing it', null, {}, '&sr=c&sp=l&'],
    ['a snapshot', 'a.jpg', { snapshot: '2026-02-01T00:00:00.0000000Z' }, '&sr=bs&sp=r&'],
    ['a version', 'a.jpg', { versionid: '2026-02-01T00:00:00.0000000Z' }, '&sr=bv&sp=r&'],
  ])('signs %s', (_what, key, params, expected) => {
    const presign = createAzurePresigner({ ...place, accountKey });
    expect(presign(key, { expiresInSeconds: 60, params })).toContain(expected);
  });

  it.each([
    ['snapshot', 'bs'],
    ['versionid', 'bv'],
  ])('signs the moment of a %s where the documentation has it', (name, kind) => {
    const moment = '2026-02-01T00:00:00.1234567Z';
    const sign = createAzurePresigner({ ...place, accountKey });
    const signature = hmac([
      ...['r', '', '2026-03-01T13:00:00Z', '/blob/acme/data/a.jpg', '', '', 'https', '2020-12-06', kind],
      ...[moment, '', '', '', '', '', ''],
    ]);
    const url = sign('a.jpg', { expiresInSeconds: 3600, params: { [name]: moment } });
    expect(url).toContain(`/a.jpg?${name}=${encodeURIComponent(moment)}&`);
    expect(url).toContain(`&sig=${signature}`);
  });

  it('allows http only where the endpoint has no TLS', () => {
    const endpoint = 'http://127.0.0.1:10000/acme';
    const url = createAzurePresigner({ ...place, endpoint, accountKey })('a.jpg', { expiresInSeconds: 60 });
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:10000\/acme\/data\/a\.jpg\?sv=2020-12-06&se=/);
  });

  it('refuses to sign for longer than the delegation key lives', () => {
    const presign = createAzurePresigner({ ...place, delegationKey });
    expect(() => presign('a.jpg', { expiresInSeconds: 86_401 })).toThrow(
      expect.objectContaining({ code: 'bad_expiry' }),
    );
  });

  it.each<[string, Partial<AzurePlace> & AzureKey]>([
    ['no_credentials', { accountKey: '' }],
    ['bad_credentials', { accountKey: 'not base64!' }],
    ['bad_bucket', { container: 'Data', accountKey }],
    ['bad_endpoint', { endpoint: 'acme.blob.core.windows.net', accountKey }],
  ])('refuses options with %s', (code, change) => {
    expect(() => createAzurePresigner({ ...place, ...change })).toThrow(expect.objectContaining({ code }));
  });
});
