import { createHash } from 'node:crypto';
import { listAuditLog } from '@latchkey/contract/routes/audit';
import { createFolder, getFolder } from '@latchkey/contract/routes/folders';
import { addGroupMembers, createGroup } from '@latchkey/contract/routes/groups';
import { createPasswordReset } from '@latchkey/contract/routes/one-time-links';
import * as routes from '@latchkey/contract/routes/service-accounts';
import { getCurrentUser, listUsers } from '@latchkey/contract/routes/session';
import { addFolderGroups, setDatasetMember, setFolderMember } from '@latchkey/contract/routes/sharing';
import { deactivateUser, patchUser, reactivateUser } from '@latchkey/contract/routes/users';
import { signatureHeaders } from '@latchkey/sdk/signing';
import { readSigningKey } from '@latchkey/sdk/signing-key';
import { generateSshKeyPair } from '@latchkey/sdk/ssh-key';
import {
  startTestSystem,
  type TestJson,
  type TestSystem,
  type TestUser,
} from '@latchkey/testkit/start-system';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newFolder } from './fixtures.js';
import { sql } from './registration-fixtures.js';
import { newDataset } from './storage-fixtures.js';

let system: TestSystem;
let account: TestUser;
beforeAll(async () => {
  system = await startTestSystem({ worker: false });
});
afterAll(() => system.close());

const create = (name: string) => system.call(routes.createServiceAccount, { body: { name } });
const paramsOf = ({ uuid }: { uuid: string }) => ({ params: { userUuid: uuid } });
const makeToken = (user: { uuid: string }, body: object = {}) =>
  system.call(routes.createServiceAccountToken, { ...paramsOf(user), body: { title: 'token', ...body } });
beforeEach(async () => {
  const { body } = await create('Nightly import');
  account = { uuid: body.uuid, email: body.email, token: (await makeToken(body)).body.token };
});

describe('a service account', () => {
  it('is listed as one, under an address that nobody gets mail at', async () => {
    expect(account.email).toMatch(/^nightly-import-[0-9a-f]{8}@service-account\.invalid$/);
    const { body } = await create('  日本  ');
    expect(body).toMatchObject({
      name: '日本',
      kind: 'service',
      organisationRole: 'member',
      email: expect.stringMatching(/^service-[0-9a-f]{8}@/),
    });
    const { result } = (await system.call(listUsers)).body;
    const kinds = new Map(result.map(({ uuid, kind }: TestJson) => [uuid, kind]));
    expect([kinds.get(account.uuid), kinds.get(system.admin.uuid)]).toEqual(['service', 'person']);
    expect(await create(' ')).toMatchObject({ status: 400 });
  });

  it('acts by its token, and is named in the audit log', async () => {
    expect((await system.call(getCurrentUser, { as: account })).body).toMatchObject({ uuid: account.uuid });
    await system.call(createFolder, { body: { name: 'Its own' }, as: account });
    const { results } = (await system.call(listAuditLog, { query: { actor: account.email } })).body;
    expect(results.map(({ action }: TestJson) => action)).toEqual(['folder.create']);
    const about = (await system.call(listAuditLog, { query: { subject: account.uuid } })).body.results;
    expect(about.map(({ action }: TestJson) => action).sort()).toEqual(['token.create', 'user.create']);
  });

  it('signs requests with its SSH key, as the Python client does', async () => {
    const pair = generateSshKeyPair('nightly');
    const body = { title: 'key', publicKey: pair.publicKey };
    const key = (await system.call(routes.addServiceAccountKey, { ...paramsOf(account), body })).body;
    const send = async () => {
      const target = getCurrentUser.path;
      const digest = createHash('sha256').digest();
      const request = { method: 'GET', target, bodySha256: digest };
      const headers = signatureHeaders(readSigningKey(pair.privateKey), request, new Date());
      const answer = await fetch(system.baseUrl + target, { headers });
      return { status: answer.status, body: await answer.json() };
    };
    expect(await send()).toMatchObject({ status: 200, body: { email: account.email } });
    const listed = await system.call(routes.listServiceAccountKeys, paramsOf(account));
    expect(listed.body.result).toMatchObject([{ uuid: key.uuid, lastUsedAt: expect.any(String) }]);
    const params = { userUuid: account.uuid, keyUuid: key.uuid };
    expect((await system.call(routes.deleteServiceAccountKey, { params })).status).toBe(204);
    expect(await send()).toMatchObject({ status: 401, body: { code: 'unknown_key' } });
  });

  it('sees what is shared with it, itself or through a group', async () => {
    const [own, grouped] = [await newFolder(system, 'Own'), await newFolder(system, 'Grouped')];
    const get = async (folderUuid: string) =>
      (await system.call(getFolder, { params: { folderUuid }, as: account })).status;
    expect([await get(own), await get(grouped)]).toEqual([403, 403]);
    await system.call(setFolderMember, {
      params: { folderUuid: own },
      body: { userEmail: account.email, folderRole: 'editor' },
    });
    const { groupHash } = (await system.call(createGroup, { body: { name: 'Programs' } })).body;
    await system.call(addGroupMembers, { params: { groupHash }, body: { userUuids: [account.uuid] } });
    await system.call(addFolderGroups, {
      params: { folderUuid: grouped },
      body: { groupHashList: [groupHash], folderRole: 'viewer' },
    });
    expect([await get(own), await get(grouped)]).toEqual([200, 200]);
    const datasetUuid = await newDataset(system, system.admin);
    const member = { userEmail: account.email, userRole: 'admin' };
    expect((await system.call(setDatasetMember, { params: { datasetUuid }, body: member })).status).toBe(200);
  });

  it('has tokens that are shown once, read only if they are to, and are revoked', async () => {
    const made = (await makeToken(account, { title: 'reading', scope: 'read', expiresInDays: 1 })).body;
    const reading = { ...account, token: made.token };
    expect(await system.call(createFolder, { body: { name: 'x' }, as: reading })).toMatchObject({
      body: { code: 'token_reads_only' },
    });
    const list = () => system.call(routes.listServiceAccountTokens, paramsOf(account));
    const listed = (await list()).body;
    expect(listed.result).toHaveLength(2);
    expect(JSON.stringify(listed)).not.toContain(made.token);
    const params = { userUuid: account.uuid, tokenUuid: made.uuid };
    expect((await system.call(routes.deleteServiceAccountToken, { params })).status).toBe(204);
    expect((await list()).body.result).toHaveLength(1);
    expect(await system.call(getCurrentUser, { as: reading })).toMatchObject({ status: 401 });
  });

  it('is deactivated and reactivated, and gets nothing meanwhile', async () => {
    await system.call(deactivateUser, { ...paramsOf(account), body: {} });
    expect(await system.call(getCurrentUser, { as: account })).toMatchObject({
      status: 403,
      body: { code: 'user_deactivated' },
    });
    expect(await makeToken(account)).toMatchObject({ status: 409, body: { code: 'user_not_active' } });
    await system.call(reactivateUser, paramsOf(account));
    expect((await system.call(getCurrentUser, { as: account })).status).toBe(200);
  });

  it('has no password, is no administrator, and gets nothing handed over', async () => {
    const refused = { status: 409, body: { code: 'service_account' } };
    expect(await system.call(createPasswordReset, { ...paramsOf(account), body: {} })).toMatchObject(refused);
    const admin = { organisationRole: 'admin' };
    expect(await system.call(patchUser, { ...paramsOf(account), body: admin })).toMatchObject(refused);
    expect((await system.call(patchUser, { ...paramsOf(account), body: { name: 'Daily' } })).body.name).toBe(
      'Daily',
    );
    const { uuid } = await system.createUser();
    const body = { handOverToUserUuid: account.uuid };
    expect(await system.call(deactivateUser, { ...paramsOf({ uuid }), body })).toMatchObject(refused);
    const setPassword = "UPDATE users SET password_hash = 'x' WHERE id = $1";
    await expect(sql(system, setPassword, [account.uuid])).rejects.toThrow('users_service_accounts');
  });
});

describe('a person', () => {
  it('gets no keys and tokens from an administrator', async () => {
    const user = await system.createUser();
    const missing = { status: 404, body: { code: 'user_not_found' } };
    const { publicKey } = generateSshKeyPair('x');
    expect(await makeToken(user)).toMatchObject(missing);
    expect(await system.call(routes.listServiceAccountTokens, paramsOf(user))).toMatchObject(missing);
    expect(await system.call(routes.listServiceAccountKeys, paramsOf(user))).toMatchObject(missing);
    const body = { title: 'key', publicKey };
    expect(await system.call(routes.addServiceAccountKey, { ...paramsOf(user), body })).toMatchObject(
      missing,
    );
  });
});
