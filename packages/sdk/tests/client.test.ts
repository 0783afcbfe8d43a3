import { createHash, createPublicKey, verify } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { LatchkeyClient } from '../src/client.js';
import { generateSshKeyPair, parseSshPublicKey } from '../src/ssh-key.js';
import { type ReceivedRequest, startHttpServer } from './http-server.js';

const uuid = '0198c1a2-0000-7000-8000-000000000001';
const pair = generateSshKeyPair();
const folder = { uuid, name: 'Streets', clientMetadata: '{"city":"Turin"}', parent: null };

/** Verifies on its own, from the headers as they arrived. */
function isSignedBy(request: ReceivedRequest, publicKeyLine: string): boolean {
  const digest = `sha-256=:${createHash('sha256').update(request.body).digest('base64')}:`;
  const parameters = String(request.headers['signature-input']).slice('encord-sig='.length);
  const text = `"@method": ${request.method}\n"@request-target": ${request.target}\n"content-digest": ${digest}\n"@signature-params": ${parameters}`;
  const x = Buffer.from(parseSshPublicKey(publicKeyLine).rawKey).toString('base64url');
  const publicKey = createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x } });
  const signature = String(request.headers['signature']).slice('encord-sig=:'.length, -1);
  return verify(null, Buffer.from(text), publicKey, Buffer.from(signature, 'base64'));
}

function temporaryFile(name: string, content: string): string {
  const directory = mkdtempSync(join(tmpdir(), 'latchkey-sdk-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const path = join(directory, name);
  writeFileSync(path, content);
  return path;
}

test('signs every request with the SSH key, also with a query that a URL parser rewrites', async () => {
  const { baseUrl, requests } = await startHttpServer(() => ({ body: { result: [], ...folder } }));
  const client = LatchkeyClient.createWithSshPrivateKey(pair.privateKey, { baseUrl });
  await client.getCloudIntegrations({ titles: ["Ada's cameras", 'ü'] });
  await client.createStorageFolder('Streets');
  expect(requests.map((request) => isSignedBy(request, pair.publicKey))).toEqual([true, true]);
});

test('signs a manifest on disk over its whole content and names the file', async () => {
  const { baseUrl, requests } = await startHttpServer((request) => ({
    body: request.method === 'POST' ? JSON.stringify(uuid) : folder,
  }));
  const path = temporaryFile('streets.json', `{"images":[${' '.repeat(3_000_000)}]}`);
  const key = temporaryFile('key', pair.privateKey);
  const client = LatchkeyClient.createWithSshPrivateKey({ path: key }, { baseUrl });
  const storageFolder = await client.getStorageFolder(uuid);
  const job = await storageFolder.addPrivateDataToFolderStart({ integrationId: uuid, manifest: path });
  expect(job).toBe(uuid);
  const start = requests[1] as ReceivedRequest;
  expect(start.headers['content-type']).toBe('application/json');
  expect(start.target).toBe(
    `/v2/public/storage/folders/${uuid}/data-upload-jobs/from-manifest?integrationHash=${uuid}&ignoreErrors=false&fileName=streets.json`,
  );
  expect(start.body.length).toBe(3_000_013);
  expect(isSignedBy(start, pair.publicKey)).toBe(true);
});

test('exchanges the key for a token where the manifest can be read only once', async () => {
  const { baseUrl, requests } = await startHttpServer((request) => {
    if (request.target.endsWith('/bearer-token')) return { body: { token: 't0' } };
    return { body: request.method === 'POST' ? JSON.stringify(uuid) : folder };
  });
  const client = LatchkeyClient.createWithSshPrivateKey(pair.privateKey, { baseUrl });
  async function* manifest() {
    yield new TextEncoder().encode('{"images":');
    yield new TextEncoder().encode('[]}');
  }
  const storageFolder = await client.getStorageFolder(uuid);
  await storageFolder.addPrivateDataToFolderStart({ integrationId: uuid, manifest: manifest() });
  expect(requests[1]?.target).toBe('/v2/public/user/bearer-token');
  expect(requests[2]).toMatchObject({ body: '{"images":[]}', headers: { authorization: 'Bearer t0' } });
});

test('fetches pages only as they are needed', async () => {
  const { baseUrl, requests } = await startHttpServer((_, index) => ({
    body: { results: [{ ...folder, name: `f${index}` }], nextPageToken: index < 2 ? `p${index + 1}` : null },
  }));
  const client = LatchkeyClient.createWithBearerToken('t', { baseUrl });
  const names: string[] = [];
  for await (const one of client.listStorageFolders({ search: 'f' })) {
    expect(requests).toHaveLength(names.length + 1);
    names.push(one.name);
  }
  expect(names).toEqual(['f0', 'f1', 'f2']);
  expect(requests[2]?.target).toBe('/v2/public/storage/folders?search=f&pageToken=p2');
  for await (const one of client.findStorageFolders()) {
    expect(one.clientMetadata).toEqual({ city: 'Turin' });
    break;
  }
  expect(requests).toHaveLength(4);
});

test('fetches items in bundles of a thousand', async () => {
  const { baseUrl, requests } = await startHttpServer((request) => {
    const { itemUuids } = JSON.parse(request.body) as { itemUuids: string[] };
    return { body: { results: itemUuids.map((one) => ({ uuid: one })) } };
  });
  const uuids = Array.from({ length: 2001 }, (_, index) => `u${index}`);
  const client = LatchkeyClient.createWithBearerToken('t', { baseUrl });
  const items = await client.getStorageItems(uuids);
  expect(items.map((item) => item.uuid)).toEqual(uuids);
  expect(requests).toHaveLength(3);
});

test('takes address and credentials from the environment', async () => {
  const { baseUrl, requests } = await startHttpServer(() => ({ body: folder }));
  const keyFile = temporaryFile('key', pair.privateKey);
  const environments = [
    { LATCHKEY_URL: baseUrl, LATCHKEY_SSH_KEY_FILE: keyFile, LATCHKEY_TOKEN: 't' },
    { LATCHKEY_URL: baseUrl, ENCORD_SSH_KEY_FILE: keyFile },
    { LATCHKEY_URL: baseUrl, ENCORD_SSH_KEY: pair.privateKey },
  ];
  for (const environment of environments)
    await LatchkeyClient.createFromEnvironment(environment).getStorageFolder(uuid);
  expect(requests.map((request) => isSignedBy(request, pair.publicKey))).toEqual([true, true, true]);
  await LatchkeyClient.createFromEnvironment({ LATCHKEY_URL: baseUrl, LATCHKEY_TOKEN: 't' }).getCurrentUser();
  expect(requests[3]?.headers.authorization).toBe('Bearer t');
  expect(() => LatchkeyClient.createFromEnvironment({})).toThrow(
    expect.objectContaining({ code: 'credentials_missing' }),
  );
  expect(() => LatchkeyClient.createFromEnvironment({ LATCHKEY_SSH_KEY_FILE: '/no/such/key' })).toThrow(
    expect.objectContaining({ code: 'key_file_unreadable' }),
  );
});
