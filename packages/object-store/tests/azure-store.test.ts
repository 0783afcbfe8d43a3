import { createServer, request, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openAzureStore } from '../src/azure-store.js';
import type { ObjectStore } from '../src/object-store.js';
import { type Azurite, account, accountKey, startAzurite } from '../src/testing/azurite.js';

const container = 'media';
const NAMES = ['img/a b+é.jpg', 'img/b%2F.jpg', 'img/c.jpg', 'other.txt'];
const uri = { kind: 'azure', account, container, prefix: 'img/' } as const;
const environment = { AZURE_STORAGE_ACCOUNT: account, AZURE_STORAGE_KEY: accountKey };

let azurite: Azurite;
beforeAll(async () => {
  azurite = await startAzurite();
  await azurite.createContainer(container);
  for (const name of NAMES) await azurite.putBlob(container, name, name);
});
afterAll(() => azurite.close());

const open = (now?: () => number): Promise<ObjectStore> =>
  openAzureStore(uri, { endpoint: azurite.endpoint, environment, now });

async function keysOf(store: ObjectStore): Promise<string[]> {
  const keys: string[] = [];
  for await (const { objects } of store.list(store.prefix)) keys.push(...objects.map(({ key }) => key));
  return keys;
}

describe('a store of Azure, signed by the key of the account', () => {
  it('lists a prefix', async () => {
    expect(await keysOf(await open())).toEqual(NAMES.slice(0, 3));
  });

  it.each(NAMES)('presigns a URL that opens %s', async (name) => {
    const answer = await fetch(await (await open()).presign(name, 60));
    expect(answer.status).toBe(200);
    expect(await answer.text()).toBe(name);
  });

  it('presigns URLs that open nothing once they are expired, or tampered with', async () => {
    const url = await (await open()).presign('img/c.jpg', 60);
    expect((await fetch(url.replace('/c.jpg', '/b%252F.jpg'))).status).toBe(403);
    expect((await fetch(url.replace('sp=r', 'sp=rw'))).status).toBe(403);
    const late = await open(() => Date.now() - 3_600_000);
    expect((await fetch(await late.presign('img/c.jpg', 60))).status).toBe(403);
    expect((await fetch((await open()).objectUrl('img/c.jpg'))).status).not.toBe(200);
  });

  it('says that a container is not there', async () => {
    const store = await openAzureStore(
      { ...uri, container: 'nothing' },
      { endpoint: azurite.endpoint, environment },
    );
    await expect(keysOf(store)).rejects.toThrow(expect.objectContaining({ code: 'store_missing' }));
  });
});

describe('a store of Azure, signed by a user delegation key', () => {
  /** Azurite gives out delegation keys over TLS only: here they are its own, in front of it, and it verifies. */
  let front: Server;
  let endpoint: string;
  const asked: string[] = [];
  beforeAll(async () => {
    front = createServer((incoming, outgoing) => {
      if (incoming.method === 'POST') {
        asked.push(String(incoming.headers.authorization));
        let body = '';
        incoming
          .on('data', (chunk: Buffer) => (body += chunk))
          .on('end', () => outgoing.end(delegationKey(body)));
        return;
      }
      const to = request(
        `${new URL(azurite.endpoint).origin}${incoming.url}`,
        { method: incoming.method, headers: incoming.headers },
        (answer) => {
          outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
          answer.pipe(outgoing);
        },
      );
      incoming.pipe(to);
    });
    await new Promise<void>((resolve) => void front.listen(0, '127.0.0.1', resolve));
    endpoint = `http://127.0.0.1:${(front.address() as AddressInfo).port}/${account}`;
  });
  afterAll(() => front.close());

  function delegationKey(keyInfo: string): string {
    const [, start = ''] = /<Start>(.*?)</.exec(keyInfo) ?? [];
    const [, expiry = ''] = /<Expiry>(.*?)</.exec(keyInfo) ?? [];
    const { getUserDelegationKeyValue } = createRequire(import.meta.url)(
      'azurite/dist/src/blob/utils/utils.js',
    );
    const value: string = getUserDelegationKeyValue('oid', 'tid', start, expiry, '2020-12-06');
    return (
      '<UserDelegationKey><SignedOid>oid</SignedOid><SignedTid>tid</SignedTid>' +
      `<SignedStart>${start}</SignedStart><SignedExpiry>${expiry}</SignedExpiry><SignedService>b</SignedService>` +
      `<SignedVersion>2020-12-06</SignedVersion><Value>${value}</Value></UserDelegationKey>`
    );
  }

  it('lists and presigns with one key that it asked for once', async () => {
    const store = await openAzureStore(uri, {
      endpoint,
      environment: {},
      token: async () => 'token of a user',
    });
    expect(await keysOf(store)).toEqual(NAMES.slice(0, 3));
    const url = await store.presign('img/c.jpg', 86_400);
    expect((await fetch(url)).status).toBe(200);
    expect((await fetch(url.replace('sktid=tid', 'sktid=other'))).status).toBe(403);
    expect(asked).toEqual(['Bearer token of a user']);
  });
});
