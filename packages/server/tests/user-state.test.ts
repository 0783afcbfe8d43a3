import { createHash } from 'node:crypto';
import { PassThrough } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import {
  createInvitation,
  createPasswordReset,
  listOneTimeLinks,
  lookUpOneTimeLink,
} from '@latchkey/contract/routes/one-time-links';
import {
  addSshKey,
  createUser,
  getCurrentUser,
  getSession,
  listUsers,
  signIn,
} from '@latchkey/contract/routes/session';
import { setFolderMember } from '@latchkey/contract/routes/sharing';
import { deactivateUser, patchUser, reactivateUser } from '@latchkey/contract/routes/users';
import { signatureHeaders } from '@latchkey/sdk/signing';
import { readSigningKey, type SigningKey } from '@latchkey/sdk/signing-key';
import { generateSshKeyPair } from '@latchkey/sdk/ssh-key';
import {
  startTestSystem,
  type TestJson,
  type TestSystem,
  type TestUser,
} from '@latchkey/testkit/start-system';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BrowserSession } from './browser-session.js';
import { images, newFolder, newIntegration, spooled } from './fixtures.js';
import { countRows, postStream, sql } from './registration-fixtures.js';
import { auditOf } from './storage-fixtures.js';

const password = 'a long password';
const deactivated = { status: 403, body: { code: 'user_deactivated' } };
let system: TestSystem;
beforeAll(async () => {
  system = await startTestSystem({ worker: false });
});
afterAll(() => system.close());

const deactivate = ({ uuid }: { uuid: string }, as: TestUser = system.admin) =>
  system.call(deactivateUser, { params: { userUuid: uuid }, body: {}, as });
const reactivate = ({ uuid }: { uuid: string }) =>
  system.call(reactivateUser, { params: { userUuid: uuid } });
const change = ({ uuid }: { uuid: string }, body: object, as: TestUser = system.admin) =>
  system.call(patchUser, { params: { userUuid: uuid }, body, as });
const listed = async ({ uuid }: { uuid: string }): Promise<TestJson> =>
  (await system.call(listUsers)).body.result.find((user: TestJson) => user.uuid === uuid);

async function withPassword(): Promise<{ uuid: string; email: string }> {
  return (await system.call(createUser, { body: { email: `${uuidv7()}@example.com`, password } })).body;
}

/** A request that is signed as the official client does it. */
async function signed(key: SigningKey): Promise<{ status: number; body: TestJson }> {
  const request = {
    method: 'GET',
    target: getCurrentUser.path,
    bodySha256: createHash('sha256').digest(),
  };
  const headers = signatureHeaders(key, request, new Date());
  const response = await fetch(system.baseUrl + request.target, { headers });
  return { status: response.status, body: await response.json() };
}

describe('a user who is deactivated', () => {
  it('is signed out at once, and not signed in until reactivated', async () => {
    const user = await withPassword();
    const browser = new BrowserSession(system);
    await browser.call(signIn, { body: { email: user.email, password } });
    expect(await deactivate(user)).toMatchObject({
      status: 200,
      body: { endedSessionsCount: 1, runningJobsCount: 0, handedOver: null },
    });
    expect((await browser.call(getSession)).body.user).toBeNull();
    expect(await browser.call(signIn, { body: { email: user.email, password } })).toMatchObject(deactivated);
    expect(await countRows(system, 'sessions', `user_id = '${user.uuid}'`)).toBe(0);

    expect(await reactivate(user)).toMatchObject({ status: 200, body: { deactivatedAt: null } });
    expect((await browser.call(getSession)).body.user).toBeNull();
    expect(await browser.call(signIn, { body: { email: user.email, password } })).toMatchObject({
      status: 200,
    });
  });

  it('is told of it by the right password only', async () => {
    const user = await withPassword();
    await deactivate(user);
    const wrong = { email: user.email, password: 'a wrong password' };
    const unknown = { email: 'nobody@example.com', password };
    const answers = [wrong, unknown].map((body) => system.call(signIn, { body, as: null }));
    const [first, second] = await Promise.all(answers);
    expect(first).toMatchObject({ status: 401, body: { code: 'invalid_credentials' } });
    expect({ ...first?.body, requestId: '' }).toEqual({ ...second?.body, requestId: '' });
  });

  it('does nothing by API token or SSH key, which work again later', async () => {
    const user = await system.createUser();
    const pair = generateSshKeyPair('test');
    const key = readSigningKey(pair.privateKey);
    await system.call(addSshKey, { body: { title: 'key', publicKey: pair.publicKey }, as: user });
    expect((await signed(key)).status).toBe(200);
    await deactivate(user);
    expect(await system.call(getCurrentUser, { as: user })).toMatchObject(deactivated);
    expect(await signed(key)).toMatchObject(deactivated);
    // A signature of another key over this one's name tells nothing.
    const other = readSigningKey(generateSshKeyPair('other').privateKey);
    expect(await signed({ ...other, publicKeyHex: key.publicKeyHex })).toMatchObject({
      status: 401,
      body: { code: 'invalid_signature' },
    });
    await reactivate(user);
    expect((await system.call(getCurrentUser, { as: user })).status).toBe(200);
    expect((await signed(key)).status).toBe(200);
  });

  it('has no link for a new password, and none of theirs lets others in', async () => {
    const admin = await system.createUser('admin');
    const invitation = { email: `${uuidv7()}@example.com`, organisationRole: 'admin' };
    const invited = await system.call(createInvitation, { body: invitation, as: admin });
    const resetOf = () => system.call(createPasswordReset, { params: { userUuid: admin.uuid }, body: {} });
    const reset = await resetOf();
    await deactivate(admin);
    for (const { body } of [invited, reset]) {
      const token = body.url.split('#')[1];
      expect(await system.call(lookUpOneTimeLink, { body: { token }, as: null })).toMatchObject({
        status: 404,
      });
    }
    expect(await resetOf()).toMatchObject({ status: 409, body: { code: 'user_not_active' } });
    expect((await auditOf(system, 'user.deactivate')).at(-1)).toMatchObject({
      user_id: system.admin.uuid,
      subject_id: admin.uuid,
      details: { endedSessionsCount: 0, revokedLinksCount: 2 },
    });
  });

  it('is nobody whom one can share with', async () => {
    const user = await system.createUser();
    const folderUuid = await newFolder(system);
    await deactivate(user);
    const answer = await system.call(setFolderMember, {
      params: { folderUuid },
      body: { userEmail: user.email, folderRole: 'viewer' },
    });
    expect(answer).toMatchObject({ status: 409, body: { code: 'user_not_active' } });
  });

  it('has upload jobs that go on, and starts none with a manifest that is on its way', async () => {
    const user = await system.createUser('admin');
    const folder = await newFolder(system);
    const integration = await newIntegration(system);
    await system.register(folder, integration, { images: images(3) }, { as: user });
    const body = new PassThrough();
    const arriving = postStream(system, folder, integration, body, { authorization: `Bearer ${user.token}` });
    body.write('{"images":[');
    while ((await spooled(system)).length < 2) await setImmediate();
    expect(await deactivate(user)).toMatchObject({ body: { runningJobsCount: 1 } });
    body.end(`${JSON.stringify(images(1)[0])}]}`);
    expect(await arriving).toMatchObject(deactivated);
    system.startWorker();
    await system.drain();
    expect(await countRows(system, 'items', `created_by = '${user.uuid}'`)).toBe(3);
    expect(await countRows(system, 'upload_jobs', `created_by = '${user.uuid}'`)).toBe(1);
  });

  it('is deactivated once, whoever asks again', async () => {
    const user = await system.createUser();
    const [first, second] = await Promise.all([deactivate(user), deactivate(user)]);
    expect([first.status, second.status]).toEqual([200, 200]);
    const entries = await auditOf(system, 'user.deactivate');
    expect(entries.filter(({ subject_id }) => subject_id === user.uuid)).toHaveLength(1);
    await reactivate(user);
    await reactivate(user);
    const ends = await auditOf(system, 'user.reactivate');
    expect(ends.filter(({ subject_id }) => subject_id === user.uuid)).toHaveLength(1);
  });

  it('does not begin a session at the same moment', async () => {
    const user = await withPassword();
    const browsers = Array.from({ length: 4 }, () => new BrowserSession(system));
    const attempts = browsers.map((browser) =>
      browser.call(signIn, { body: { email: user.email, password } }),
    );
    await Promise.all([...attempts, deactivate(user)]);
    expect(await countRows(system, 'sessions', `user_id = '${user.uuid}'`)).toBe(0);
  });
});

describe('a list of users', () => {
  it('tells who is active, and when they were last seen', async () => {
    const user = await system.createUser();
    expect(await listed(user)).toMatchObject({ lastSeenAt: null, deactivatedAt: null });
    await system.call(getCurrentUser, { as: user });
    await deactivate(user);
    const { lastSeenAt, deactivatedAt } = await listed(user);
    expect(Date.parse(deactivatedAt)).toBeGreaterThanOrEqual(Date.parse(lastSeenAt));
  });

  it('keeps when somebody was seen who has signed out', async () => {
    const user = await withPassword();
    await new BrowserSession(system).call(signIn, { body: { email: user.email, password } });
    await sql(system, 'DELETE FROM sessions WHERE user_id = $1', [user.uuid]);
    expect((await listed(user)).lastSeenAt).not.toBeNull();
  });
});

describe('name and organisation role', () => {
  it('are changed, one without the other', async () => {
    const user = await system.createUser();
    expect((await change(user, { name: 'Ann' })).body).toMatchObject({
      name: 'Ann',
      organisationRole: 'member',
    });
    expect((await change(user, { organisationRole: 'admin' })).body).toMatchObject({
      name: 'Ann',
      organisationRole: 'admin',
    });
    expect((await system.call(listUsers, { as: user })).status).toBe(200);
    const entries = await auditOf(system, 'user.change');
    expect(
      entries.filter(({ subject_id }) => subject_id === user.uuid).map(({ details }) => details),
    ).toEqual([
      { fields: ['name'] },
      { fields: ['organisationRole'], organisationRole: 'admin', formerRole: 'member' },
    ]);
  });

  it('end what only administrators may do, and the links that were made', async () => {
    const admin = await system.createUser('admin');
    const email = `${uuidv7()}@example.com`;
    await system.call(createInvitation, { body: { email }, as: admin });
    await change(admin, { organisationRole: 'member' });
    expect(await system.call(listUsers, { as: admin })).toMatchObject({ status: 403 });
    const { result } = (await system.call(listOneTimeLinks)).body;
    expect(result.filter((link: TestJson) => link.email === email)).toEqual([]);
  });

  it('are refused as text that nothing can hold', async () => {
    const user = await system.createUser();
    expect(await change(user, { name: 'a\u0000b' })).toMatchObject({ status: 400 });
    expect(await change(user, { name: 'a'.repeat(201) })).toMatchObject({ status: 400 });
    expect(await change(user, { organisationRole: 'owner' })).toMatchObject({ status: 400 });
  });
});

describe('an organisation', () => {
  const otherAdmins = (sign: string) =>
    sql(
      system,
      `UPDATE users SET deactivated_at = ${sign} WHERE organisation_role = 'admin' AND id <> '${system.admin.uuid}'`,
    );
  const refused = { status: 409, body: { code: 'organisation_last_admin' } };

  it('keeps its last active administrator', async () => {
    await otherAdmins('now()');
    expect(await change(system.admin, { organisationRole: 'member' })).toMatchObject(refused);
    expect(await change(system.admin, { organisationRole: 'admin', name: 'Root' })).toMatchObject({
      status: 200,
    });
    expect(await listed(system.admin)).toMatchObject({ organisationRole: 'admin', name: 'Root' });
  });

  it('has nobody who deactivates themselves', async () => {
    expect(await deactivate(system.admin)).toMatchObject({ status: 409, body: { code: 'own_user' } });
    expect(await deactivate({ uuid: system.admin.uuid.toUpperCase() })).toMatchObject({
      status: 409,
      body: { code: 'own_user' },
    });
  });

  it.each(['demote', 'deactivate'] as const)(
    'keeps one of two administrators who %s each other at the same time',
    async (what) => {
      await otherAdmins('now()');
      const other = await system.createUser('admin');
      const act = (from: TestUser, to: TestUser) =>
        what === 'demote' ? change(to, { organisationRole: 'member' }, from) : deactivate(to, from);
      const answers = await Promise.all([act(system.admin, other), act(other, system.admin)]);
      // Whoever comes second is no administrator any more, before or behind the check of the route.
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 403]);
      const left = "organisation_role = 'admin' AND deactivated_at IS NULL";
      expect(await countRows(system, 'users', left)).toBe(1);
      await sql(system, "UPDATE users SET organisation_role = 'admin', deactivated_at = NULL WHERE id = $1", [
        system.admin.uuid,
      ]);
    },
  );
});
