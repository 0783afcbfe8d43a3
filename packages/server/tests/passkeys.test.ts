import { listAuditLog } from '@latchkey/contract/routes/audit';
import { createPasswordReset, resetPassword } from '@latchkey/contract/routes/one-time-links';
import {
  addPasskey,
  listPasskeys,
  preparePasskey,
  preparePasskeySignIn,
  removePasskey,
  removePasskeysOfUser,
  renamePasskey,
  signInWithPasskey,
} from '@latchkey/contract/routes/passkeys';
import { enableSecondFactor, enrolSecondFactor } from '@latchkey/contract/routes/second-factor';
import { createUser, getSession, signIn } from '@latchkey/contract/routes/session';
import { listSessions } from '@latchkey/contract/routes/sessions';
import { deactivateUser, reactivateUser } from '@latchkey/contract/routes/users';
import { type Answer, startTestSystem, type TestSystem } from '@latchkey/testkit/start-system';
import { Secret, TOTP } from 'otpauth';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { BrowserSession } from './browser-session.js';
import { sql } from './registration-fixtures.js';
import { SoftwareAuthenticator } from './software-authenticator.js';

const password = 'a long password';
const origin = 'https://latchkey.example';
let now = Date.now();
let system: TestSystem;
let email: string;
let userUuid: string;
let browser: BrowserSession;
let authenticator: SoftwareAuthenticator;

beforeAll(async () => {
  const environment = { LATCHKEY_PUBLIC_URL: origin };
  system = await startTestSystem({ worker: false, now: () => now, environment });
});
afterAll(() => system.close());
beforeEach(async () => {
  // A new window of failures.
  now += 3_600_000;
  email = `${uuidv7()}@example.com`;
  userUuid = (await system.call(createUser, { body: { email, password } })).body.uuid;
  browser = new BrowserSession(system);
  await browser.call(signIn, { body: { email, password } });
  authenticator = new SoftwareAuthenticator(origin);
});

type Created = Parameters<SoftwareAuthenticator['create']>[1];
type Used = Parameters<SoftwareAuthenticator['get']>[1];

async function added(made = authenticator, deviations?: Created): Promise<Answer> {
  const { publicKey } = (await browser.call(preparePasskey, { body: {} })).body;
  const credential = made.create(publicKey, deviations);
  return browser.call(addPasskey, { body: { name: ' Phone ', credential } });
}

async function asked(visitor: BrowserSession, used = authenticator, deviations?: Used) {
  const { publicKey } = (await visitor.call(preparePasskeySignIn)).body;
  return used.get(publicKey, deviations);
}

/** As a browser that has not been here. */
async function entered(used = authenticator, deviations?: Used): Promise<Answer> {
  const visitor = new BrowserSession(system);
  const credential = await asked(visitor, used, deviations);
  return visitor.call(signInWithPasskey, { body: { credential } });
}

const age = (minutes: number) =>
  sql(
    system,
    `UPDATE sessions SET created_at = now() - interval '${minutes} minutes' WHERE user_id = '${userUuid}'`,
  );
const withoutPassword = () => sql(system, `UPDATE users SET password_hash = NULL WHERE id = '${userUuid}'`);
const refused = (code: string, status = 403) => ({ status, body: { code } });

describe('a passkey', () => {
  it('is added, named, and signs in without a name or a code', async () => {
    const { secret } = (await browser.call(enrolSecondFactor, { body: { password } })).body;
    const code = new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: now });
    expect(await browser.call(enableSecondFactor, { body: { code } })).toMatchObject({ status: 200 });
    expect(await added()).toMatchObject({
      status: 200,
      body: { name: 'Phone', syncState: 'deviceBound', lastUsedAt: null },
    });
    const visitor = new BrowserSession(system);
    const credential = await asked(visitor);
    expect(await visitor.call(signInWithPasskey, { body: { credential } })).toMatchObject({
      status: 200,
      body: { user: { email } },
    });
    expect((await visitor.call(getSession)).body.user).toMatchObject({ uuid: userUuid });
    expect((await visitor.call(listSessions)).body.result[0]).toMatchObject({
      method: 'passkey',
      isCurrent: true,
    });
    const [passkey] = (await browser.call(listPasskeys)).body.result;
    expect(passkey.lastUsedAt).not.toBeNull();
    const { results } = (await system.call(listAuditLog, { query: { actor: email } })).body;
    expect(results[0]).toMatchObject({
      action: 'session.begin',
      details: { method: 'passkey', passkeyUuid: passkey.uuid },
    });
    expect(results.find(({ action }: { action: string }) => action === 'passkey.add')).toMatchObject({
      subjectType: 'passkey',
      subjectUuid: passkey.uuid,
    });
  });

  it('is asked for by a random handle, for the host name of the public address, with user verification', async () => {
    const { publicKey } = (await browser.call(preparePasskey, { body: {} })).body;
    expect(publicKey).toMatchObject({
      rp: { id: 'latchkey.example' },
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      attestation: 'none',
      excludeCredentials: [],
    });
    const handle = Buffer.from(publicKey.user.id, 'base64url');
    expect(handle).toHaveLength(32);
    expect(handle.toString('latin1')).not.toContain(email);
    const made = await added();
    const again = (await browser.call(preparePasskey, { body: {} })).body.publicKey;
    expect(again.user.id).toBe(publicKey.user.id);
    expect(again.excludeCredentials).toHaveLength(1);
    expect(made.status).toBe(200);
    const signInOptions = (await new BrowserSession(system).call(preparePasskeySignIn)).body.publicKey;
    expect(signInOptions).toMatchObject({ rpId: 'latchkey.example', userVerification: 'required' });
    expect(signInOptions.allowCredentials ?? []).toEqual([]);
  });

  it('says whether it is synced, and may be one of several', async () => {
    const synced = new SoftwareAuthenticator(origin, { isSynced: true });
    await added();
    await added(synced);
    expect((await browser.call(listPasskeys)).body.result).toMatchObject([
      { syncState: 'deviceBound' },
      { syncState: 'synced' },
    ]);
    for (const used of [authenticator, synced, authenticator, synced])
      expect(await entered(used)).toMatchObject({ status: 200 });
  });

  it('is renamed, and is of no use once it is removed', async () => {
    const { uuid } = (await added()).body;
    const params = { passkeyUuid: uuid };
    expect(await browser.call(renamePasskey, { params, body: { name: 'Laptop' } })).toMatchObject({
      status: 204,
    });
    expect((await browser.call(listPasskeys)).body.result).toMatchObject([{ name: 'Laptop' }]);
    const other = await system.createUser();
    for (const route of [renamePasskey, removePasskey])
      expect((await system.call(route, { params, body: { name: 'x' }, as: other })).status).not.toBe(204);
    expect(await browser.call(removePasskey, { params, body: {} })).toMatchObject({ status: 204 });
    expect(await entered()).toMatchObject(refused('passkey_unknown'));
    expect(await browser.call(removePasskey, { params, body: {} })).toMatchObject(
      refused('passkey_not_found', 404),
    );
    expect(await browser.call(renamePasskey, { params, body: { name: 'x' } })).toMatchObject(
      refused('passkey_not_found', 404),
    );
  });

  it('is added and removed by who has just signed in, or gives the password again', async () => {
    const { uuid } = (await added()).body;
    await age(11);
    const params = { passkeyUuid: uuid };
    const unconfirmed = {
      status: 403,
      body: { code: 'confirmation_required', details: { hasPassword: true } },
    };
    expect(await browser.call(preparePasskey, { body: {} })).toMatchObject(unconfirmed);
    expect(await browser.call(removePasskey, { params, body: {} })).toMatchObject(unconfirmed);
    expect(await browser.call(removePasskey, { params, body: { password: 'wrong' } })).toMatchObject(
      refused('wrong_password'),
    );
    expect(await browser.call(preparePasskey, { body: { password } })).toMatchObject({ status: 200 });
    expect(await browser.call(removePasskey, { params, body: { password } })).toMatchObject({ status: 204 });
    const byToken = await system.createUser();
    expect(await system.call(preparePasskey, { body: {}, as: byToken })).toMatchObject({
      body: { code: 'confirmation_required', details: { hasPassword: false } },
    });
  });

  it('stays if it is the only way in, also when two are removed at the same time', async () => {
    const second = new SoftwareAuthenticator(origin);
    const uuids = [(await added()).body.uuid, (await added(second)).body.uuid];
    await withoutPassword();
    const remove = (passkeyUuid: string) =>
      browser.call(removePasskey, { params: { passkeyUuid }, body: {} });
    const answers = await Promise.all(uuids.map(remove));
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 409]);
    const [left] = (await browser.call(listPasskeys)).body.result;
    expect(await remove(left.uuid)).toMatchObject(refused('passkey_is_last', 409));
    const { url } = (await system.call(createPasswordReset, { params: { userUuid }, body: {} })).body;
    const token = url.split('#')[1];
    expect(await browser.call(resetPassword, { body: { token, password } })).toMatchObject({ status: 204 });
    await browser.call(signIn, { body: { email, password } });
    expect(await remove(left.uuid)).toMatchObject({ status: 204 });
  });

  it('signs in no user who is deactivated', async () => {
    await added();
    const params = { userUuid };
    expect((await system.call(deactivateUser, { params, body: {} })).status).toBeLessThan(300);
    expect(await entered()).toMatchObject(refused('user_deactivated'));
    expect((await system.call(reactivateUser, { params })).status).toBeLessThan(300);
    expect(await entered()).toMatchObject({ status: 200 });
  });

  it('is removed by an admin, with all others of the user', async () => {
    await added();
    await added(new SoftwareAuthenticator(origin));
    const params = { userUuid };
    expect(await system.call(removePasskeysOfUser, { params })).toMatchObject({
      status: 200,
      body: { removedCount: 2 },
    });
    expect(await entered()).toMatchObject(refused('passkey_unknown'));
    expect(await system.call(removePasskeysOfUser, { params })).toMatchObject({ status: 404 });
    const { results } = (await system.call(listAuditLog, { query: { action: 'passkey.remove-all' } })).body;
    expect(results[0]).toMatchObject({ subjectType: 'user', subjectUuid: userUuid });
  });
});

describe('the answer of a passkey', () => {
  it('is good once, also for several at the same time', async () => {
    await added();
    const visitor = new BrowserSession(system);
    const credential = await asked(visitor);
    const enter = () => visitor.call(signInWithPasskey, { body: { credential } });
    const answers = await Promise.all([enter(), enter(), enter()]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 403, 403]);
    expect(await enter()).toMatchObject(refused('passkey_challenge_expired'));
  });

  it('is good only in the browser that asked, and not after five minutes', async () => {
    await added();
    const visitor = new BrowserSession(system);
    const credential = await asked(visitor);
    const elsewhere = new BrowserSession(system);
    await elsewhere.call(preparePasskeySignIn);
    expect(await elsewhere.call(signInWithPasskey, { body: { credential } })).toMatchObject(
      refused('passkey_challenge_expired'),
    );
    await sql(system, 'UPDATE passkey_challenges SET expires_at = now()');
    expect(await visitor.call(signInWithPasskey, { body: { credential } })).toMatchObject(
      refused('passkey_challenge_expired'),
    );
    await visitor.call(preparePasskeySignIn);
    expect(await sql(system, 'SELECT FROM passkey_challenges WHERE expires_at <= now()')).toEqual([]);
  });

  it('is good in either of two tabs of a browser', async () => {
    await added();
    const visitor = new BrowserSession(system);
    const [first, second] = [await asked(visitor), await asked(visitor)];
    for (const credential of [first, second])
      expect(await visitor.call(signInWithPasskey, { body: { credential } })).toMatchObject({ status: 200 });
  });

  it.each([
    ['of another address', { origin: 'https://latchkey.example.evil.test' }, 'passkey_wrong_origin'],
    ['of the same host without https', { origin: 'http://latchkey.example' }, 'passkey_wrong_origin'],
    ['for another host name', { rpId: 'evil.test' }, 'passkey_refused'],
    ['of a device that did not check its user', { isUserVerified: false }, 'passkey_refused'],
    ['that names another user', { userHandle: Buffer.alloc(32).toString('base64url') }, 'passkey_refused'],
  ])('is refused if it is one %s', async (_name, deviations, code) => {
    await added();
    expect(await entered(authenticator, deviations)).toMatchObject(refused(code));
    expect(await entered()).toMatchObject({ status: 200 });
  });

  it('is refused with the signature of another, or with that of another challenge', async () => {
    await added();
    const other = new SoftwareAuthenticator(origin);
    await added(other);
    const visitor = new BrowserSession(system);
    const mine = await asked(visitor);
    const { response } = await asked(visitor, other);
    const mixed = [
      { ...mine, response },
      { ...mine, response: { ...mine.response, signature: response.signature } },
      { ...mine, response: { ...response, signature: mine.response.signature } },
    ];
    for (const credential of mixed)
      expect((await visitor.call(signInWithPasskey, { body: { credential } })).status).toBe(403);
    expect((await visitor.call(getSession)).body.user).toBeNull();
  });

  it('is refused, and audited, if the count of its uses does not rise', async () => {
    const { uuid } = (await added()).body;
    expect(await entered(authenticator, { signCount: 7 })).toMatchObject({ status: 200 });
    for (const signCount of [7, 6, 0])
      expect(await entered(authenticator, { signCount })).toMatchObject(refused('passkey_copied'));
    const { results } = (await system.call(listAuditLog, { query: { action: 'passkey.refuse-copy' } })).body;
    expect(results).toHaveLength(3);
    expect(results[0]).toMatchObject({ actor: { email }, subjectType: 'passkey', subjectUuid: uuid });
    expect(await entered(authenticator, { signCount: 8 })).toMatchObject({ status: 200 });
  });

  it('is bounded by passkey when it fails too often', async () => {
    await added();
    for (let attempt = 0; attempt < 10; attempt += 1)
      expect(await entered(authenticator, { isUserVerified: false })).toMatchObject({ status: 403 });
    expect(await entered()).toMatchObject(refused('too_many_attempts', 429));
    now += 900_000;
    expect(await entered()).toMatchObject({ status: 200 });
  });
});

describe('adding a passkey', () => {
  it.each([
    ['another address', { origin: 'https://evil.test' }, 'passkey_wrong_origin'],
    ['another host name', { rpId: 'evil.test' }, 'passkey_refused'],
    ['a device that did not check its user', { isUserVerified: false }, 'passkey_refused'],
  ])('refuses one of %s', async (_name, deviations, code) => {
    expect(await added(authenticator, deviations)).toMatchObject(refused(code));
    expect((await browser.call(listPasskeys)).body.result).toEqual([]);
  });

  it('reads no certificates, which name addresses that a server would connect to', async () => {
    // {"x5c": [h'00']}
    const statement = Buffer.from('a16378356381' + '4100', 'hex');
    for (const format of ['packed', 'fido-u2f', 'tpm', 'android-key', 'apple'])
      expect(await added(authenticator, { attestation: { format, statement } })).toMatchObject({
        status: 403,
        body: { code: 'passkey_refused', message: expect.stringContaining('certificate') },
      });
  });

  it('takes the answer once, in the session that asked, within five minutes', async () => {
    const ask = async () =>
      authenticator.create((await browser.call(preparePasskey, { body: {} })).body.publicKey);
    const add = (credential: unknown, by = browser) =>
      by.call(addPasskey, { body: { name: 'x', credential } as never });
    const credential = await ask();
    const elsewhere = new BrowserSession(system);
    await elsewhere.call(signIn, { body: { email, password } });
    expect(await add(credential, elsewhere)).toMatchObject(refused('passkey_challenge_expired'));
    expect(await add(credential)).toMatchObject({ status: 200 });
    expect(await add(credential)).toMatchObject(refused('passkey_challenge_expired'));
    const late = await ask();
    await sql(system, 'UPDATE passkey_challenges SET expires_at = now()');
    expect(await add(late)).toMatchObject(refused('passkey_challenge_expired'));
  });

  it('refuses a passkey that is registered, also one of another user', async () => {
    await added();
    expect(await added()).toMatchObject(refused('passkey_taken', 409));
    const body = { email: `${uuidv7()}@example.com`, password };
    await system.call(createUser, { body });
    const mine = browser;
    browser = new BrowserSession(system);
    await browser.call(signIn, { body });
    expect(await added()).toMatchObject(refused('passkey_taken', 409));
    expect((await mine.call(listPasskeys)).body.result).toHaveLength(1);
  });

  it.each([['not base64url!'], [Buffer.from('{}').toString('base64url')], ['e30x'], ['AAAA']])(
    'refuses %j as what the browser has signed',
    async (clientDataJSON) => {
      const { publicKey } = (await browser.call(preparePasskey, { body: {} })).body;
      const credential = authenticator.create(publicKey);
      const response = { ...credential.response, clientDataJSON };
      const answer = await browser.call(addPasskey, {
        body: { name: 'x', credential: { ...credential, response } },
      });
      expect([400, 403]).toContain(answer.status);
    },
  );
});
