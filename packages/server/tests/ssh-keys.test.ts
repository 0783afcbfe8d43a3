import { addSshKey, deleteSshKey, listSshKeys } from '@latchkey/contract/routes/session';
import { LatchkeyClient } from '@latchkey/sdk/client';
import { generateSshKeyPair } from '@latchkey/sdk/ssh-key';
import { startTestSystem, type TestSystem, type TestUser } from '@latchkey/testkit/start-system';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sql } from './registration-fixtures.js';

let system: TestSystem;
let user: TestUser;

beforeAll(async () => {
  system = await startTestSystem({ worker: false });
});
afterAll(() => system.close());
beforeEach(async () => {
  user = await system.createUser();
});

const add = (publicKey: string, title = 'key', as = user) =>
  system.call(addSshKey, { body: { title, publicKey }, as });
const keysOf = async (as = user) => (await system.call(listSshKeys, { as })).body.result;
const signing = ({ privateKey }: { readonly privateKey: string }) =>
  LatchkeyClient.createWithSshPrivateKey(privateKey, { baseUrl: system.baseUrl });

describe('SSH keys of a user', () => {
  it('sign each by itself, are told apart by name, fingerprint and last use, and are revoked one by one', async () => {
    const [laptop, server] = [generateSshKeyPair('laptop'), generateSshKeyPair('server')];
    const { uuid } = (await add(laptop.publicKey, 'Laptop')).body;
    expect(await add(server.publicKey, 'Server')).toMatchObject({ status: 200 });
    const folder = await signing(server).createStorageFolder('by the server');
    expect(await keysOf()).toMatchObject([
      { title: 'Laptop', fingerprint: laptop.fingerprint, lastUsedAt: null },
      { title: 'Server', fingerprint: server.fingerprint, lastUsedAt: expect.any(String) },
    ]);
    await signing(laptop).getStorageFolder(folder.uuid);
    expect(await system.call(deleteSshKey, { params: { keyUuid: uuid }, as: user })).toMatchObject({
      status: 204,
    });
    await expect(signing(laptop).getStorageFolder(folder.uuid)).rejects.toMatchObject({
      code: 'unknown_key',
    });
    await signing(server).getStorageFolder(folder.uuid);
  });

  it('note their last use once a minute, and not with each request', async () => {
    const pair = generateSshKeyPair('often');
    await add(pair.publicKey);
    const client = signing(pair);
    const used = async (): Promise<Date | undefined> => {
      await client.createStorageFolder('again');
      const rows = await sql<{ last_used_at: Date }>(
        system,
        `SELECT last_used_at FROM ssh_keys WHERE user_id = '${user.uuid}'`,
      );
      return rows[0]?.last_used_at;
    };
    const first = await used();
    expect(await used()).toEqual(first);
    await sql(system, "UPDATE ssh_keys SET last_used_at = now() - interval '61 seconds'");
    expect((await used())?.getTime()).toBeGreaterThanOrEqual(first?.getTime() ?? Number.POSITIVE_INFINITY);
  });

  it('are registered once, and nobody hears whose a key is', async () => {
    const { publicKey } = generateSshKeyPair('one');
    await add(publicKey, 'Mine');
    const taken = { status: 409, body: { code: 'key_taken' } };
    const own = await add(publicKey, 'Again');
    expect(own).toMatchObject(taken);
    expect(own.body.message).toContain('"Mine"');
    const others = await add(publicKey, 'Theirs', await system.createUser());
    expect(others).toMatchObject(taken);
    expect(others.body.message).not.toMatch(/Mine|@/);
  });
});

const pair = generateSshKeyPair('ada@example.com');
const body = pair.privateKey.split('\n').slice(1, -2).join('\n');

describe('a key that is no public one', () => {
  it.each([
    ['of OpenSSH', pair.privateKey],
    ['of OpenSSH without its first line', body],
    ['in PEM', '-----BEGIN RSA PRIVATE KEY-----\nMIIEowMIIEowMIIEowMIIEow\n-----END RSA PRIVATE KEY-----'],
    ['of PuTTY', 'PuTTY-User-Key-File-3: ssh-ed25519\nPrivate-Lines: 1\nAAAAAAAAAAAAAAAAAAAAAAAA'],
    ['behind a public one', `${pair.publicKey}\n${pair.privateKey}`],
  ])('is told to be private, %s, and nothing of it is repeated', async (_name, text) => {
    const answer = await add(text);
    expect(answer).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
    expect(answer.body.message).toContain('This is a private key');
    const lines = text.split('\n').filter((line) => line.length > 20);
    for (const line of lines) expect(JSON.stringify(answer.body)).not.toContain(line);
    expect(await keysOf()).toEqual([]);
  });

  it.each([
    ['ssh-rsa AAAAB3NzaC1yc2E rsa', 'another type (ssh-rsa)'],
    ['ecdsa-sha2-nistp256 AAAAE2 key', 'another type (ecdsa-sha2)'],
    ['a secret by mistake', 'must be an Ed25519 public key'],
    ['ssh-ed25519 AAAA', 'damaged or cut off'],
  ])('is told what it lacks: %j', async (text, expected) => {
    const answer = await add(text);
    expect(answer.status).toBe(400);
    expect(answer.body.message).toContain(expected);
    expect(JSON.stringify(answer.body)).not.toContain('secret');
  });
});
