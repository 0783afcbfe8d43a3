import { getChildItems, getItem, listItems } from '@latchkey/contract/routes/items';
import { createSignerTokens, rotateSigningKey, testSigner } from '@latchkey/contract/routes/signers';
import type { ItemsSignerGrant, SignerGrant } from '@latchkey/contract/schemas/signer';
import { objectsDigest } from '@latchkey/contract/signer-protocol';
import {
  startTestSystem,
  type TestJson,
  type TestSystem,
  type TestUser,
} from '@latchkey/testkit/start-system';
import { createLocalJWKSet, decodeProtectedHeader, type JSONWebKeySet, jwtVerify } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { imageMetadata, jobResult, newFolder, newIntegration, signedUrl, unitErrors } from './fixtures.js';
import { auditOf, insertItems, share } from './storage-fixtures.js';

const signerUrl = 'https://signer.acme.example/sign';
const start = Date.UTC(2026, 2, 1, 12);
let now = start;
let system: TestSystem;
beforeAll(async () => {
  system = await startTestSystem({ now: () => now });
});
beforeEach(async () => {
  now = start;
  await system.context.db.query({ name: 'test.empty', text: 'TRUNCATE signing_keys' });
});
afterAll(() => system.close());

const keySet = async (): Promise<JSONWebKeySet> =>
  (await fetch(`${system.baseUrl}/.well-known/jwks.json`)).json() as Promise<JSONWebKeySet>;

const verify = async ({ token }: Pick<SignerGrant, 'token'>, audience = 'https://signer.acme.example') =>
  jwtVerify(token, createLocalJWKSet(await keySet()), {
    issuer: system.baseUrl,
    audience,
    typ: 'latchkey-signer+jwt',
    currentDate: new Date(now),
  });

async function ask(itemUuids: readonly string[], as: TestUser = system.admin) {
  return system.call(createSignerTokens, { body: { itemUuids: [...itemUuids] }, as });
}

async function registered(integration: string, manifest: TestJson, folder?: string): Promise<TestJson[]> {
  const target = folder ?? (await newFolder(system));
  const started = await system.register(target, integration, manifest);
  expect(await jobResult(system, target, started.body)).toMatchObject({ unitsErrorCount: 0 });
  const params = { folderUuid: target };
  return (await system.call(listItems, { params, query: { order: 'name' } })).body.results;
}

const image = (objectUrl: string, title: string) => ({ objectUrl, title, imageMetadata });

describe('a token for a signer', () => {
  it('names an object behind a gateway as it is in the bucket that the gateway stands for', async () => {
    const gateways = [{ url: 'https://data.acme.example/', bucketUrl: 's3://acme/' }];
    const integration = await newIntegration(system, { signerUrl, gateways });
    const url = 'https://data.acme.example/img/a.jpg';
    const items = await registered(integration, { images: [image(url, 'a')] });
    const [grant] = (await ask(items.map(({ uuid }) => uuid))).body.results as [ItemsSignerGrant];
    expect(grant.objects).toEqual(['s3://acme/img/a.jpg']);
    const tried = await system.call(testSigner, {
      params: { integrationUuid: integration },
      body: { objectUrls: [url] },
    });
    expect(tried.body.objects).toEqual(grant.objects);
    expect((await verify(grant)).payload['objects_sha256']).toBe(await objectsDigest(grant.objects));
  });

  it('names the user, the integration and the objects, for the origin of the signer and two minutes', async () => {
    const before = (await auditOf(system, 'item.signerToken.handOut')).length;
    const integration = await newIntegration(system, { signerUrl, allowedHosts: ['*.amazonaws.com'] });
    const items = await registered(integration, {
      images: [image('s3://acme/img/a%20b.jpg', 'a'), image(signedUrl('img/c.jpg'), 'c')],
    });
    const answer = await ask(items.map(({ uuid }) => uuid));
    expect(answer.status).toBe(200);
    const [grant] = answer.body.results as [ItemsSignerGrant];
    const objects = ['s3://acme/img/a%20b.jpg', 's3://acme/img/c.jpg'];
    expect(answer.body.results).toEqual([
      {
        integrationUuid: integration,
        signerUrl,
        token: expect.any(String),
        expiresAt: new Date(start + 120_000).toISOString(),
        objects,
        allowedHosts: ['*.amazonaws.com'],
        items: items.map(({ uuid }, index) => ({ itemUuid: uuid, object: objects[index] })),
      },
    ]);
    const { payload } = await verify(grant);
    expect(payload).toEqual({
      iss: system.baseUrl,
      aud: 'https://signer.acme.example',
      sub: system.admin.uuid,
      email: system.admin.email,
      integration,
      scope: 'objects:read',
      objects_sha256: await objectsDigest(objects),
      iat: start / 1000,
      exp: start / 1000 + 120,
      jti: expect.any(String),
    });
    await expect(verify(grant, 'https://other.example')).rejects.toThrow('aud');
    now += 121_000;
    await expect(verify(grant)).rejects.toThrow('exp');
    const entries = (await auditOf(system, 'item.signerToken.handOut')).slice(before);
    expect(entries).toEqual([
      {
        user_id: system.admin.uuid,
        subject_id: null,
        details: {
          itemUuids: items.map(({ uuid }) => uuid),
          folderUuids: [items[0]?.parent],
          tokenId: payload.jti,
        },
      },
    ]);
    expect(JSON.stringify(entries)).not.toContain('Signature');
  });

  it('is one for each signer, and none for items without one', async () => {
    const other = 'https://other.example/sign';
    const integrations = [
      await newIntegration(system, { signerUrl }),
      await newIntegration(system, { signerUrl: other }),
      await newIntegration(system),
    ];
    const uuids: string[] = [];
    for (const [index, integration] of integrations.entries()) {
      const url = `https://files.acme.example/${index}.jpg`;
      uuids.push((await registered(integration, { images: [image(url, 'x'), image(url, 'y')] }))[0]?.uuid);
    }
    const { body } = await ask(uuids);
    expect(body.results.map((grant: ItemsSignerGrant) => [grant.signerUrl, grant.objects])).toEqual([
      [signerUrl, ['https://files.acme.example/0.jpg']],
      [other, ['https://files.acme.example/1.jpg']],
    ]);
  });

  it('is given for the members of a group', async () => {
    const integration = await newIntegration(system, { signerUrl, strictClientOnly: true });
    const members = { objectUrl_0: 's3://acme/1.jpg', objectUrl_1: 's3://acme/2.jpg' };
    const manifest = { image_groups: [{ title: 'g', ...members, ...membersMetadata(2) }] };
    const [group] = await registered(integration, manifest);
    const params = { folderUuid: group?.parent, itemUuid: group?.uuid };
    const children = (await system.call(getChildItems, { params })).body.results as TestJson[];
    const { body } = await ask(children.map(({ uuid }) => uuid));
    expect(body.results[0].objects).toEqual(['s3://acme/1.jpg', 's3://acme/2.jpg']);
    expect((await ask([group?.uuid])).body).toEqual({ results: [] });
  });

  it('is refused for items that the user may not see, and for too many', async () => {
    const before = (await auditOf(system, 'item.signerToken.handOut')).length;
    const integration = await newIntegration(system, { signerUrl });
    const folder = await newFolder(system);
    const [item = ''] = await insertItems(system, system.admin, folder, [{ name: 'a', integration }]);
    const user = await system.createUser();
    expect(await ask([item], user)).toMatchObject({ status: 403, body: { code: 'item_not_found' } });
    await share(system, folder, user, 'viewer');
    const allowed = await ask([item], user);
    expect((await verify(allowed.body.results[0])).payload.sub).toBe(user.uuid);
    expect(await ask(Array(501).fill(item))).toMatchObject({
      status: 400,
      body: { code: 'invalid_request' },
    });
    expect((await auditOf(system, 'item.signerToken.handOut')).slice(before)).toMatchObject([
      { user_id: user.uuid, subject_id: item, details: { integrationId: integration, folderId: folder } },
    ]);
  });

  it('is given to an admin of the integration to try the signer with any objects', async () => {
    const before = (await auditOf(system, 'integration.signerToken.handOut')).length;
    const integrationUuid = await newIntegration(system, { signerUrl });
    const tryWith = (objectUrls: string[], as = system.admin) =>
      system.call(testSigner, { params: { integrationUuid }, body: { objectUrls }, as });
    const { body } = await tryWith(['https://acme.s3.amazonaws.com/a.jpg', 's3://acme/a.jpg']);
    expect(body.objects).toEqual(['s3://acme/a.jpg']);
    const { payload } = await verify(body);
    expect(payload['objects_sha256']).toBe(await objectsDigest(['s3://acme/a.jpg']));
    expect((await tryWith([])).body.objects).toEqual([]);
    const wrong = await tryWith(['ftp://acme/a?sig=secret']);
    expect(wrong).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
    expect(wrong.body.message).not.toContain('secret');
    expect(await tryWith([], await system.createUser())).toMatchObject({ status: 403 });
    const without = { integrationUuid: await newIntegration(system) };
    expect(await system.call(testSigner, { params: without, body: { objectUrls: [] } })).toMatchObject({
      status: 409,
      body: { code: 'integration_without_signer' },
    });
    expect((await auditOf(system, 'integration.signerToken.handOut')).slice(before)).toHaveLength(2);
  });
});

describe('the signing key', () => {
  it('is made once, sealed, and published', async () => {
    const sets = await Promise.all(Array.from({ length: 5 }, keySet));
    expect(new Set(sets.map((set) => JSON.stringify(set))).size).toBe(1);
    const [key] = sets[0]?.keys ?? [];
    expect(key).toEqual({
      kty: 'OKP',
      crv: 'Ed25519',
      use: 'sig',
      alg: 'EdDSA',
      kid: expect.any(String),
      x: expect.any(String),
    });
    const text = 'SELECT private_key_sealed FROM signing_keys';
    const rows = await system.context.db.query<{ private_key_sealed: Buffer }>({ name: 'test.keys', text });
    expect(rows).toHaveLength(1);
    expect(rows[0]?.private_key_sealed.toString('latin1')).not.toMatch(/[A-Za-z0-9_-]{43}/);
  });

  const kidOf = async (integrationUuid: string) => {
    const answer = await system.call(testSigner, { params: { integrationUuid }, body: { objectUrls: [] } });
    return { grant: answer.body as SignerGrant, kid: decodeProtectedHeader(answer.body.token).kid };
  };
  const kids = async () => (await keySet()).keys.map(({ kid }) => kid);

  it('is published before it signs, and for a day after it signed', async () => {
    const integration = await newIntegration(system, { signerUrl });
    const before = await kidOf(integration);
    const rotated = await system.call(rotateSigningKey, { body: {} });
    const next = rotated.body.keyId;
    expect(rotated.body.activeFrom).toBe(new Date(start + 15 * 60_000).toISOString());
    expect(await kids()).toEqual([next, before.kid]);
    expect((await kidOf(integration)).kid).toBe(before.kid);
    now = start + 15 * 60_000;
    const after = await kidOf(integration);
    expect(after.kid).toBe(next);
    await verify(after.grant);
    now += 24 * 3_600_000 - 1;
    expect(await kids()).toEqual([next, before.kid]);
    now += 1;
    expect(await kids()).toEqual([next]);
  });

  it('is good for nothing once it is said to be known to others', async () => {
    const integration = await newIntegration(system, { signerUrl });
    const { grant } = await kidOf(integration);
    await verify(grant);
    const { body } = await system.call(rotateSigningKey, { body: { compromised: true } });
    expect(await kids()).toEqual([body.keyId]);
    await expect(verify(grant)).rejects.toThrow('no applicable key');
    expect((await kidOf(integration)).kid).toBe(body.keyId);
    expect((await auditOf(system, 'signingKey.rotate')).at(-1)).toEqual({
      user_id: system.admin.uuid,
      subject_id: null,
      details: { keyId: body.keyId, compromised: true },
    });
  });
});

describe('objects that only a signer opens', () => {
  it('are stored and handed out byte for byte, and are the same objects as by their https URLs', async () => {
    const integration = await newIntegration(system, { signerUrl });
    const folder = await newFolder(system);
    const objectUrl = 's3://acme/img/é+%7e.jpg';
    const [item] = await registered(integration, { images: [image(objectUrl, 'a')] }, folder);
    expect(item).toMatchObject({ url: objectUrl, signedUrl: null, expiresAt: null, expiryCertainty: null });
    const signed = await system.call(getItem, { params: { itemUuid: item?.uuid }, query: { signUrl: true } });
    expect(signed.body.signedUrl).toBe(objectUrl);
    const again = await registered(
      integration,
      { images: [image(signedUrl('img/%C3%A9%2B~.jpg'), 'a')], skip_duplicate_urls: true },
      folder,
    );
    expect(again.map(({ uuid }) => uuid)).toEqual([item?.uuid]);
  });

  it('are unit errors that say what to do where the integration has no signer', async () => {
    const folder = await newFolder(system);
    const manifest = { images: [image('gs://acme/a.jpg', 'a'), image('https://acme.example/b.jpg', 'b')] };
    const started = await system.register(folder, await newIntegration(system), manifest);
    const job = await jobResult(system, folder, started.body);
    expect(job).toMatchObject({ unitsDoneCount: 1, unitsErrorCount: 1 });
    const [error] = await unitErrors(system, folder, started.body);
    expect(error).toMatchObject({
      code: 'object_url_needs_signer',
      error: 'The object URL starts with gs://, which only a signer can open, and the integration has none.',
      hint: 'Give the integration a signer URL, or list a signed https URL of the object.',
    });
  });
});

const membersMetadata = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`imageMetadata_${index}`, imageMetadata]));
