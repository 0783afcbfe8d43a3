import { listAuditLog } from '@latchkey/contract/routes/audit';
import {
  disableSecondFactor,
  enableSecondFactor,
  enrolSecondFactor,
  getSecondFactor,
  renewRecoveryCodes,
  resetSecondFactor,
} from '@latchkey/contract/routes/second-factor';
import { createUser, getSession, signIn } from '@latchkey/contract/routes/session';
import {
  newSecretKey,
  readKeyLines,
  secretKeyPath,
  writeKeyLines,
} from '@latchkey/server/config/secret-key-file';
import { adoptSecretKeys } from '@latchkey/server/secret-keys/adopt-secret-keys';
import { resealNext } from '@latchkey/server/secret-keys/reseal';
import { newMarker } from '@latchkey/server/secret-keys/spool-marker';
import { type Answer, startTestSystem, type TestSystem } from '@latchkey/testkit/start-system';
import { Secret, TOTP } from 'otpauth';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { BrowserSession } from './browser-session.js';
import { sql } from './registration-fixtures.js';

const password = 'a long password';
const periodMs = 30_000;
let now = Date.now();
let system: TestSystem;
let email: string;
let userUuid: string;
let browser: BrowserSession;

beforeAll(async () => {
  system = await startTestSystem({ worker: false, now: () => now });
});
afterAll(() => system.close());
beforeEach(async () => {
  // The next code, and a new window of failures.
  now += 3_600_000;
  email = `${uuidv7()}@example.com`;
  userUuid = (await system.call(createUser, { body: { email, password } })).body.uuid;
  browser = new BrowserSession(system);
  await browser.call(signIn, { body: { email, password } });
});

const codeOf = (secret: string, at = now): string =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: at });
const enter = (code?: string, given = password): Promise<Answer> =>
  new BrowserSession(system).call(signIn, {
    body: { email, password: given, ...(code !== undefined && { code }) },
  });

async function enabled(): Promise<{ secret: string; recoveryCodes: string[] }> {
  const { secret } = (await browser.call(enrolSecondFactor, { body: { password } })).body;
  const answer = await browser.call(enableSecondFactor, { body: { code: codeOf(secret) } });
  expect(answer.status).toBe(200);
  now += periodMs;
  return { secret, recoveryCodes: answer.body.recoveryCodes };
}

describe('a second factor', () => {
  it('is asked for once a code has confirmed it, and never by a session, a token or a key', async () => {
    const enrolled = await browser.call(enrolSecondFactor, { body: { password } });
    expect(enrolled.body.uri).toMatch(/^otpauth:\/\/totp\/Latchkey:.*secret=[A-Z2-7]{32}/);
    expect(await enter()).toMatchObject({ status: 200 });
    expect(await browser.call(enableSecondFactor, { body: { code: '000000' } })).toMatchObject({
      status: 403,
    });
    const { secret } = await enabled();
    expect(await enter()).toMatchObject({ status: 401, body: { code: 'second_factor_required' } });
    expect(await enter(codeOf(secret))).toMatchObject({ status: 200, body: { user: { email } } });
    expect((await browser.call(getSession)).body.user).toMatchObject({ email });
    expect((await browser.call(getSecondFactor)).body).toMatchObject({
      isEnabled: true,
      recoveryCodesLeft: 10,
    });
    expect(await browser.call(enrolSecondFactor, { body: { password } })).toMatchObject({ status: 409 });
  });

  it('is told apart from a wrong password by nobody who does not know it', async () => {
    await enabled();
    expect(await enter(undefined, 'wrong')).toMatchObject({
      status: 401,
      body: { code: 'invalid_credentials' },
    });
    expect(await enter('123456', 'wrong')).toMatchObject({ body: { code: 'invalid_credentials' } });
  });

  it('takes a code once, also at the same time, and none from before one that was taken', async () => {
    const { secret } = await enabled();
    const code = codeOf(secret);
    const answers = await Promise.all([enter(code), enter(code), enter(code)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 403, 403]);
    expect(await enter(codeOf(secret, now - periodMs))).toMatchObject({
      status: 403,
      body: { code: 'wrong_code' },
    });
    expect(await enter(codeOf(secret, now + periodMs))).toMatchObject({ status: 200 });
    now += 5 * periodMs;
    expect(await enter(codeOf(secret, now - 2 * periodMs))).toMatchObject({ status: 403 });
  });

  it('takes each recovery code once, however it is written, until there are new ones', async () => {
    const { secret, recoveryCodes } = await enabled();
    const [first = '', second = '', third = ''] = recoveryCodes;
    expect(new Set(recoveryCodes).size).toBe(10);
    expect(await enter(first)).toMatchObject({ status: 200 });
    expect(await enter(first)).toMatchObject({ status: 403 });
    expect(await enter(` ${second.toLowerCase().replaceAll('-', ' ')}`)).toMatchObject({ status: 200 });
    expect((await browser.call(getSecondFactor)).body.recoveryCodesLeft).toBe(8);
    const renewed = await browser.call(renewRecoveryCodes, { body: { code: codeOf(secret) } });
    expect(await enter(third)).toMatchObject({ status: 403 });
    expect(await enter(renewed.body.recoveryCodes[0])).toMatchObject({ status: 200 });
    const { results } = (await system.call(listAuditLog, { query: { actor: email } })).body;
    expect(results[0]).toMatchObject({ action: 'session.begin', details: { secondFactor: 'recoveryCode' } });
    expect(JSON.stringify(results)).not.toContain(second);
    const rows = await sql<{ code_hash: Buffer }>(system, 'SELECT code_hash FROM recovery_codes');
    expect(rows.every(({ code_hash }) => code_hash.length === 32)).toBe(true);
  });

  it('bounds wrong codes by user, also of whoever knows the password', async () => {
    const { secret } = await enabled();
    const code = '000000';
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => [
        enter(code),
        browser.call(disableSecondFactor, { body: { code } }),
      ]).flat(),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(403));
    expect(await enter(codeOf(secret))).toMatchObject({ status: 429, body: { code: 'too_many_attempts' } });
    now += 900_000;
    expect(await enter(codeOf(secret))).toMatchObject({ status: 200 });
  });

  it('is disabled by a code, and reset by an admin', async () => {
    const { secret } = await enabled();
    expect(await browser.call(disableSecondFactor, { body: { code: '000000' } })).toMatchObject({
      status: 403,
    });
    expect(await browser.call(disableSecondFactor, { body: { code: codeOf(secret) } })).toMatchObject({
      status: 204,
    });
    expect(await enter()).toMatchObject({ status: 200 });
    await enabled();
    expect(await system.call(resetSecondFactor, { params: { userUuid } })).toMatchObject({ status: 204 });
    expect(await enter()).toMatchObject({ status: 200 });
    expect(await system.call(resetSecondFactor, { params: { userUuid } })).toMatchObject({ status: 404 });
  });

  it('is sealed in the database, and again when the secret key is replaced', async () => {
    const { secret } = await enabled();
    const sealed = async (): Promise<Buffer | undefined> =>
      (
        await sql<{ secret_sealed: Buffer }>(
          system,
          `SELECT secret_sealed FROM second_factors WHERE user_id = '${userUuid}'`,
        )
      )[0]?.secret_sealed;
    expect((await sealed())?.toString('latin1')).not.toContain(secret);
    const path = secretKeyPath(system.context.config.dataDir);
    writeKeyLines(path, [newSecretKey(), ...readKeyLines(path)]);
    system.context.secretKeys.reload();
    await adoptSecretKeys(system.context, newMarker());
    while ((await resealNext(system.context)) === 'moved');
    expect((await sealed())?.subarray(0, 4)).toEqual(system.context.secretKeys.current.id);
    expect(await enter(codeOf(secret))).toMatchObject({ status: 200 });
  });
});
