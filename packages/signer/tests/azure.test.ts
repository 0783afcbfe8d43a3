import { type Azurite, account, accountKey, startAzurite } from '@latchkey/object-store/testing/azurite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OwnSigner, startOwnSigner } from './ask-own-signer.js';

const container = 'media';
const at = `az://${account}/${container}/`;
let azurite: Azurite;

beforeAll(async () => {
  azurite = await startAzurite();
  await azurite.createContainer(container);
  await azurite.putBlob(container, 'a folder/é+1.txt', 'now');
});
afterAll(() => azurite.close());

const startAzureSigner = (expiresInSeconds?: number): Promise<OwnSigner> =>
  startOwnSigner({
    prefix: at,
    store: { endpoint: azurite.endpoint },
    environment: { AZURE_STORAGE_ACCOUNT: account, AZURE_STORAGE_KEY: accountKey },
    ...(expiresInSeconds !== undefined && { expiresInSeconds }),
  });

describe('a signer of Azure', () => {
  it('gives a URL that opens the blob, by ranges too, and no other', async () => {
    const { urlOf } = await startAzureSigner();
    const url = await urlOf(`${at}a%20folder/%C3%A9%2B1.txt`);
    expect(await (await fetch(url)).text()).toBe('now');
    const range = await fetch(url, { headers: { range: 'bytes=1-1' } });
    expect([range.status, await range.text()]).toEqual([206, 'o']);
    await azurite.putBlob(container, 'other.txt', 'other');
    for (const tampered of [
      url.replace(/\/a%20folder[^?]*/, '/other.txt'),
      url.replace('sp=r', 'sp=rw'),
      url.replace(/se=2/, 'se=3'),
      url.replace(/sig=./, 'sig=%41'),
    ]) {
      expect(tampered).not.toBe(url);
      expect((await fetch(tampered)).status).toBe(403);
    }
    const headers = { 'x-ms-blob-type': 'BlockBlob' };
    expect((await fetch(url, { method: 'PUT', headers, body: 'mine' })).status).toBe(403);
  });

  it('gives a URL that opens nothing once it is dead', async () => {
    const { urlOf } = await startAzureSigner(1);
    const url = await urlOf(`${at}a%20folder/%C3%A9%2B1.txt`);
    await expect.poll(async () => (await fetch(url)).status, { timeout: 5000 }).toBe(403);
  });

  it('gives a URL of the snapshot that is named, and of no other', async () => {
    await azurite.putBlob(container, 'b.txt', 'before');
    const snapshot = await azurite.snapshotBlob(container, 'b.txt');
    await azurite.putBlob(container, 'b.txt', 'after');
    const { urlOf } = await startAzureSigner();
    const url = await urlOf(`${at}b.txt?snapshot=${encodeURIComponent(snapshot)}`);
    expect(await (await fetch(url)).text()).toBe('before');
    expect(await (await fetch(await urlOf(`${at}b.txt`))).text()).toBe('after');
    const [start = '', query = ''] = url.split('?');
    const current = `${start}?${query.replace(/snapshot=[^&]*&/, '')}`;
    expect((await fetch(current)).status).toBe(403);
  });

  it('signs nothing in a container that no rule names', async () => {
    const { ask } = await startAzureSigner();
    expect(await ask(`az://${account}/private/a.txt`)).toEqual([
      expect.objectContaining({ error: expect.objectContaining({ code: 'forbidden' }) }),
    ]);
  });
});
