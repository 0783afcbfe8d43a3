import { listAuditLog } from '@latchkey/contract/routes/audit';
import { addGroupMembers, createGroup, listGroupMembers, patchGroup } from '@latchkey/contract/routes/groups';
import { removePasskey } from '@latchkey/contract/routes/passkeys';
import { createUser, getSession, signIn } from '@latchkey/contract/routes/session';
import { listSessions } from '@latchkey/contract/routes/sessions';
import { getSignInMethods } from '@latchkey/contract/routes/single-sign-on';
import { deactivateUser } from '@latchkey/contract/routes/users';
import type { TestJson } from '@latchkey/testkit/start-system';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { BrowserSession } from './browser-session.js';
import { sql } from './registration-fixtures.js';
import {
  beginAt,
  finish,
  type SingleSignOnSystem,
  signInBy,
  startSingleSignOn,
} from './single-sign-on-fixtures.js';

const adminGroup = 'latchkey-admins';
let at: SingleSignOnSystem;

beforeAll(async () => {
  at = await startSingleSignOn({ LATCHKEY_OIDC_ADMIN_GROUPS: `others, ${adminGroup}` });
});
afterAll(() => at.close());
beforeEach(() => {
  at.provider.tamper = null;
});

const audit = async (email: string): Promise<TestJson[]> =>
  (await at.system.call(listAuditLog, { query: { actor: email } })).body.results;

describe('signing in by a provider', () => {
  it('makes a user without a password at the first time, and finds the same one by the subject alone', async () => {
    const subject = at.person({ name: 'Olga Openid' });
    const browser = new BrowserSession(at.system);
    const answer = await finish(browser, await beginAt(browser, subject, '/folders/1?view=tiles'));
    const email = `${subject}@example.com`;
    expect(answer).toMatchObject({
      status: 200,
      body: {
        returnPath: '/folders/1?view=tiles',
        user: { email, name: 'Olga Openid', organisationRole: 'member' },
      },
    });
    expect((await browser.call(getSession)).body.user).toMatchObject({ email });
    expect((await browser.call(listSessions)).body.result).toMatchObject([
      { method: 'singleSignOn', isCurrent: true },
    ]);
    expect(await audit(email)).toMatchObject([
      { action: 'session.begin', details: { method: 'singleSignOn', issuer: at.provider.issuer } },
      { action: 'user.create', details: { issuer: at.provider.issuer, subject } },
    ]);
    const [{ password_hash: passwordHash } = {}] = await sql<{ password_hash?: string | null }>(
      at.system,
      `SELECT password_hash FROM users WHERE email = '${email}'`,
    );
    expect(passwordHash).toBeNull();
    at.provider.accounts.set(subject, { email: 'married@example.com', email_verified: true });
    expect(await signInBy(at.system, subject)).toMatchObject({ body: { user: { email } } });
  });

  it('gives a session that ends after a day', async () => {
    const browser = new BrowserSession(at.system);
    await signInBy(at.system, at.person(), browser);
    const [session] = (await browser.call(listSessions)).body.result;
    expect(Date.parse(session.expiresAt) - Date.parse(session.createdAt)).toBe(24 * 3_600_000);
  });

  it('finds the user whom the same person has just become in another tab', async () => {
    const subject = at.person();
    const answers = await Promise.all([signInBy(at.system, subject), signInBy(at.system, subject)]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(new Set(answers.map(({ body }) => body.user.uuid)).size).toBe(1);
  });

  it('is a way in: the last passkey may go', async () => {
    const browser = new BrowserSession(at.system);
    const { user } = (await signInBy(at.system, at.person(), browser)).body;
    const passkeyUuid = uuidv7();
    await sql(
      at.system,
      `INSERT INTO passkeys (id, user_id, name, rp_id, credential_id, public_key, transports, sign_count, sync_state)
        VALUES ('${passkeyUuid}', '${user.uuid}', 'Key', 'latchkey.test', '\\x01', '\\x02', '{}', 0, 'synced')`,
    );
    const answer = await browser.call(removePasskey, { params: { passkeyUuid }, body: {} });
    expect(answer).toMatchObject({ status: 204 });
  });

  it('lets in nobody who is deactivated', async () => {
    const subject = at.person();
    const { user } = (await signInBy(at.system, subject)).body;
    await at.system.call(deactivateUser, { params: { userUuid: user.uuid }, body: {} });
    expect(await signInBy(at.system, subject)).toMatchObject({
      status: 403,
      body: { code: 'user_deactivated' },
    });
  });

  it('works in two tabs of a browser at the same time', async () => {
    const browser = new BrowserSession(at.system);
    const [first, second] = [await beginAt(browser, at.person()), await beginAt(browser, at.person())];
    expect(await finish(browser, first)).toMatchObject({ status: 200 });
    expect(await finish(browser, second)).toMatchObject({ status: 200 });
  });

  it('is what the sign-in page offers beside passwords', async () => {
    expect((await at.system.call(getSignInMethods, { as: null })).body).toEqual({
      password: true,
      singleSignOn: { name: 'Test provider' },
    });
  });

  it('refuses to go on to another site', async () => {
    const browser = new BrowserSession(at.system);
    for (const returnPath of ['https://evil.example', '//evil.example', '/\\evil.example', ''])
      await expect(beginAt(browser, at.person(), returnPath)).rejects.toThrow('returnPath');
  });

  it('makes no user of the address of another, who was not linked', async () => {
    const email = `taken-${Date.now()}@example.com`;
    await at.system.call(createUser, { body: { email, password: 'a long password' } });
    expect(await signInBy(at.system, at.person({ email }))).toMatchObject({
      status: 409,
      body: { code: 'email_taken' },
    });
    expect(
      await at.system.call(signIn, { body: { email, password: 'a long password' }, as: null }),
    ).toMatchObject({ status: 200 });
  });

  it.each([
    ['is not verified', { email_verified: false }, 'email_not_verified'],
    ['is not said to be verified', { email_verified: undefined }, 'email_not_verified'],
    ['is not told', { email: undefined }, 'user_not_allowed'],
    ['is none', { email: 'nobody' }, 'user_not_allowed'],
  ])('makes no user of an address that %s', async (_what, claims, code) => {
    const subject = at.person(claims);
    expect(await signInBy(at.system, subject)).toMatchObject({ status: 403, body: { code } });
    expect(await sql(at.system, `SELECT 1 FROM user_identities WHERE subject = '${subject}'`)).toEqual([]);
  });
});

describe('groups of the provider', () => {
  const group = async (name: string, providerGroup: string): Promise<string> =>
    (await at.system.call(createGroup, { body: { name, providerGroup } })).body.groupHash;
  const membersOf = async (groupHash: string): Promise<TestJson[]> =>
    (await at.system.call(listGroupMembers, { params: { groupHash } })).body.result;
  const groupsAre = (subject: string, groups: unknown): void =>
    void at.provider.accounts.set(subject, { ...at.provider.accounts.get(subject), groups });

  it('give and take memberships at each sign-in, and leave those that people made', async () => {
    const [engineers, alsoEngineers, doctors] = [
      await group('Engineers', 'engineers'),
      await group('Also engineers', 'engineers'),
      await group('Doctors', 'doctors'),
    ];
    const subject = at.person({ groups: ['engineers', 'unknown'] });
    const { user } = (await signInBy(at.system, subject)).body;
    const added = { params: { groupHash: doctors }, body: { userUuids: [user.uuid] } };
    await at.system.call(addGroupMembers, added);
    expect(await membersOf(engineers)).toMatchObject([{ email: user.email, isFromProvider: true }]);
    expect(await membersOf(alsoEngineers)).toMatchObject([{ email: user.email, isFromProvider: true }]);
    groupsAre(subject, 'doctors');
    await signInBy(at.system, subject);
    expect(await membersOf(engineers)).toEqual([]);
    expect(await membersOf(doctors)).toMatchObject([{ email: user.email, isFromProvider: false }]);
    groupsAre(subject, undefined);
    await signInBy(at.system, subject);
    expect(await membersOf(doctors)).toHaveLength(1);
    expect((await audit(user.email)).filter(({ action }) => action.startsWith('group.'))).toMatchObject([
      { action: 'group.remove-member', details: { source: 'singleSignOn' } },
      { action: 'group.remove-member', details: { source: 'singleSignOn' } },
      { action: 'group.add-members', details: { source: 'singleSignOn', userUuids: [user.uuid] } },
      { action: 'group.add-members', details: { source: 'singleSignOn', userUuids: [user.uuid] } },
    ]);
  });

  it('end their memberships when a group follows another or none', async () => {
    const groupHash = await group('Artists', 'artists');
    const subject = at.person({ groups: ['artists'] });
    await signInBy(at.system, subject);
    const patch = (body: object) => at.system.call(patchGroup, { params: { groupHash }, body });
    expect(await patch({ name: 'Painters' })).toMatchObject({ body: { providerGroup: 'artists' } });
    expect(await membersOf(groupHash)).toHaveLength(1);
    expect(await patch({ providerGroup: null })).toMatchObject({ body: { providerGroup: null } });
    expect(await membersOf(groupHash)).toEqual([]);
    await signInBy(at.system, subject);
    expect(await membersOf(groupHash)).toEqual([]);
  });

  it('make organisation admins, as long as they last', async () => {
    const subject = at.person({ groups: [adminGroup] });
    const role = async () => (await signInBy(at.system, subject)).body.user.organisationRole;
    expect(await role()).toBe('admin');
    expect(await role()).toBe('admin');
    groupsAre(subject, ['engineers']);
    expect(await role()).toBe('member');
    const changes = (await audit(`${subject}@example.com`)).filter(({ action }) => action === 'user.change');
    expect(changes.map(({ details }) => details.organisationRole)).toEqual(['member', 'admin']);
  });

  it('take the role from nobody to whom a person gave it', async () => {
    const subject = at.person({ groups: [] });
    const { user } = (await signInBy(at.system, subject)).body;
    await sql(at.system, `UPDATE users SET organisation_role = 'admin' WHERE id = '${user.uuid}'`);
    groupsAre(subject, [adminGroup]);
    await signInBy(at.system, subject);
    groupsAre(subject, []);
    expect((await signInBy(at.system, subject)).body.user).toMatchObject({ organisationRole: 'admin' });
  });
});

describe('a server that nobody has set up', () => {
  it('is not used up by a member, and gets its first admin by the groups of the provider', async () => {
    await sql(at.system, 'DELETE FROM users');
    expect(await signInBy(at.system, at.person())).toMatchObject({
      status: 403,
      body: { code: 'user_not_allowed' },
    });
    const admin = at.person({ groups: [adminGroup] });
    expect(await signInBy(at.system, admin)).toMatchObject({ body: { user: { organisationRole: 'admin' } } });
    at.provider.accounts.set(admin, { groups: [] });
    // The last one stays.
    expect(await signInBy(at.system, admin)).toMatchObject({ body: { user: { organisationRole: 'admin' } } });
  });
});
