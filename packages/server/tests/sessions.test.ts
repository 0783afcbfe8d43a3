import { listAuditLog } from '@latchkey/contract/routes/audit';
import { createUser, getCurrentUser, getSession, signIn } from '@latchkey/contract/routes/session';
import {
  changePassword,
  endOtherSessions,
  endSession,
  listSessions,
} from '@latchkey/contract/routes/sessions';
import type { UserSession } from '@latchkey/contract/schemas/session';
import { startTestSystem, type TestSystem } from '@latchkey/testkit/start-system';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { BrowserSession } from './browser-session.js';

const password = 'a long password';
let system: TestSystem;
let email: string;

beforeAll(async () => {
  system = await startTestSystem({ worker: false });
});
afterAll(() => system.close());
beforeEach(async () => {
  email = `${uuidv7()}@example.com`;
  await system.call(createUser, { body: { email, password } });
});

async function signedIn(given = password): Promise<BrowserSession> {
  const browser = new BrowserSession(system);
  expect(await browser.call(signIn, { body: { email, password: given } })).toMatchObject({ status: 200 });
  return browser;
}
const sessionsOf = async (browser: BrowserSession): Promise<UserSession[]> =>
  (await browser.call(listSessions)).body.result;
const isSignedIn = async (browser: BrowserSession): Promise<boolean> =>
  (await browser.call(getSession)).body.user !== null;

describe('the sessions of a user', () => {
  it('are listed with what tells them apart, and nothing that signs in', async () => {
    const [first, second] = [await signedIn(), await signedIn()];
    const sessions = await sessionsOf(second);
    expect(sessions).toHaveLength(2);
    expect(sessions).toMatchObject([
      { method: 'password', network: '127.0.0.1', userAgent: 'Test browser', isCurrent: true },
      { isCurrent: false },
    ]);
    expect(Date.parse(sessions[0]?.expiresAt ?? '')).toBeGreaterThan(Date.now());
    const [row] = await system.context.db.query<{ id: string }>({
      name: 'test.session',
      text: `SELECT s.id FROM sessions s JOIN users u ON u.id = s.user_id WHERE u.email = $1 ORDER BY s.id`,
      values: [email],
    });
    expect((await sessionsOf(first)).find(({ isCurrent }) => isCurrent)?.uuid).toBe(row?.id);
    expect(JSON.stringify(sessions)).not.toContain('lks_');
  });

  it('end one by one, or all but the one that asks', async () => {
    const [own, other, third] = [await signedIn(), await signedIn(), await signedIn()];
    const sessionUuid = (await sessionsOf(other)).find(({ isCurrent }) => isCurrent)?.uuid ?? '';
    expect((await own.call(endSession, { params: { sessionUuid } })).status).toBe(204);
    expect(await isSignedIn(other)).toBe(false);
    expect((await own.call(endSession, { params: { sessionUuid } })).body.code).toBe('session_not_found');
    expect((await own.call(endOtherSessions)).body).toEqual({ endedCount: 1 });
    expect([await isSignedIn(own), await isSignedIn(third)]).toEqual([true, false]);
    const { body } = await system.call(listAuditLog, { query: { actor: email } });
    expect(body.results.map(({ action }: { action: string }) => action)).toEqual([
      'session.revoke-others',
      'session.revoke',
      ...Array(3).fill('session.begin'),
    ]);
  });

  it('are not those of others', async () => {
    const own = await signedIn();
    const [{ uuid: sessionUuid } = { uuid: '' }] = await sessionsOf(own);
    expect(await system.call(endSession, { params: { sessionUuid } })).toMatchObject({ status: 404 });
    expect(await isSignedIn(own)).toBe(true);
  });

  it('say when they were used last, which is noted once a minute', async () => {
    const browser = await signedIn();
    await system.context.db.query({
      name: 'test.age',
      text: `UPDATE sessions SET last_used_at = now() - interval '1 hour'`,
    });
    await browser.call(getCurrentUser);
    const [session] = await sessionsOf(browser);
    expect(Date.now() - Date.parse(session?.lastUsedAt ?? '')).toBeLessThan(60_000);
  });
});

describe('a new password', () => {
  const newPassword = 'quite another password';
  const change = (browser: BrowserSession, currentPassword: string) =>
    browser.call(changePassword, { body: { currentPassword, newPassword } });

  it('takes the old one, and ends the other sessions', async () => {
    const [own, other] = [await signedIn(), await signedIn()];
    expect((await change(own, password)).body).toEqual({ endedCount: 1 });
    expect([await isSignedIn(own), await isSignedIn(other)]).toEqual([true, false]);
    expect(await system.call(signIn, { body: { email, password }, as: null })).toMatchObject({ status: 401 });
    await signedIn(newPassword);
  });

  it('is refused without the old one, ten times at the most', async () => {
    const browser = await signedIn();
    const answers = await Promise.all(Array.from({ length: 11 }, () => change(browser, 'wrong')));
    expect(answers.map(({ status }) => status).sort()).toEqual([...Array(10).fill(403), 429]);
    expect((await change(browser, password)).body.code).toBe('too_many_attempts');
    await signedIn();
  });
});
