import { listAuditLog } from '@latchkey/contract/routes/audit';
import {
  acceptInvitation,
  createInvitation,
  createPasswordReset,
  listOneTimeLinks,
  lookUpOneTimeLink,
  resetPassword,
  revokeOneTimeLink,
} from '@latchkey/contract/routes/one-time-links';
import { createUser, getSession, signIn } from '@latchkey/contract/routes/session';
import { startTestSystem, type TestSystem } from '@latchkey/testkit/start-system';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { BrowserSession } from './browser-session.js';
import { sql } from './registration-fixtures.js';

const password = 'a long password';
let system: TestSystem;
let email: string;

beforeAll(async () => {
  system = await startTestSystem({ worker: false });
});
afterAll(() => system.close());
beforeEach(async () => {
  email = `${uuidv7()}@example.com`;
  await sql(system, 'DELETE FROM one_time_links');
});

const tokenOf = (url: string): string => url.split('#')[1] ?? '';
async function invited(body: object = {}): Promise<string> {
  const answer = await system.call(createInvitation, { body: { email, ...body } });
  expect(answer).toMatchObject({ status: 200, body: { url: expect.stringContaining('/link#lki_') } });
  return tokenOf(answer.body.url);
}
async function resetLink(): Promise<string> {
  const { body } = await system.call(createUser, { body: { email, password: 'the former password' } });
  const answer = await system.call(createPasswordReset, { params: { userUuid: body.uuid }, body: {} });
  return tokenOf(answer.body.url);
}
const expire = () => sql(system, `UPDATE one_time_links SET expires_at = now()`);
const accept = (token: string, browser = new BrowserSession(system)) =>
  browser.call(acceptInvitation, { body: { token, name: 'Invited', password } });

describe('an invitation', () => {
  it('makes a user of the address and role that it names, who is signed in then', async () => {
    const token = await invited({ organisationRole: 'admin' });
    expect((await system.call(lookUpOneTimeLink, { body: { token }, as: null })).body).toMatchObject({
      kind: 'invitation',
      email,
      name: null,
    });
    const browser = new BrowserSession(system);
    expect(await accept(token, browser)).toMatchObject({ status: 200, body: { user: { email } } });
    expect((await browser.call(getSession)).body.user).toMatchObject({
      name: 'Invited',
      organisationRole: 'admin',
    });
    expect(await system.call(signIn, { body: { email, password }, as: null })).toMatchObject({ status: 200 });
    const { results } = (await system.call(listAuditLog, { query: { actor: email } })).body;
    expect(results.map(({ action }: { action: string }) => action)).toEqual([
      'session.begin',
      'session.begin',
      'user.create',
    ]);
  });

  it('works once, also for several at the same time', async () => {
    const token = await invited();
    const answers = await Promise.all([accept(token), accept(token), accept(token)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 404, 404]);
    expect((await system.call(listOneTimeLinks)).body.result).toEqual([]);
  });

  it('is listed without what it works by, and worthless once it is revoked', async () => {
    const token = await invited();
    const { result } = (await system.call(listOneTimeLinks)).body;
    expect(result).toMatchObject([
      { kind: 'invitation', email, createdBy: system.admin.email, isExpired: false },
    ]);
    expect(JSON.stringify(result)).not.toContain(token.slice(4));
    const rows = await sql<{ token_hash: Buffer }>(system, 'SELECT token_hash FROM one_time_links');
    expect(rows[0]?.token_hash.toString('latin1')).not.toContain(token.slice(4));
    const params = { linkUuid: result[0].uuid };
    expect(await system.call(revokeOneTimeLink, { params })).toMatchObject({ status: 204 });
    expect(await accept(token)).toMatchObject({ status: 404, body: { code: 'link_not_found' } });
  });

  it('takes the place of the one before it, and ends in its time', async () => {
    const [first, second] = [await invited(), await invited()];
    expect((await system.call(listOneTimeLinks)).body.result).toHaveLength(1);
    expect(await accept(first)).toMatchObject({ status: 404 });
    await expire();
    expect((await system.call(listOneTimeLinks)).body.result).toMatchObject([{ isExpired: true }]);
    expect(await accept(second)).toMatchObject({ status: 404 });
  });

  it('is refused for the address of a user, and stays when the address gets one meanwhile', async () => {
    const token = await invited();
    await system.call(createUser, { body: { email } });
    expect(await accept(token)).toMatchObject({ status: 409, body: { code: 'email_taken' } });
    expect((await system.call(listOneTimeLinks)).body.result).toHaveLength(1);
    expect(await system.call(createInvitation, { body: { email: email.toUpperCase() } })).toMatchObject({
      status: 409,
    });
  });

  it('sets no password of a user', async () => {
    const token = await invited();
    expect(
      await system.call(resetPassword, { body: { token, password: 'a new password' }, as: null }),
    ).toMatchObject({ status: 404 });
  });
});

describe('a link for a new password', () => {
  const newPassword = 'the new password';
  const reset = (token: string) =>
    system.call(resetPassword, { body: { token, password: newPassword }, as: null });

  it('sets it once, ends all sessions and starts none', async () => {
    const token = await resetLink();
    const before = new BrowserSession(system);
    await before.call(signIn, { body: { email, password: 'the former password' } });
    const answers = await Promise.all([reset(token), reset(token)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 404]);
    expect((await before.call(getSession)).body.user).toBeNull();
    expect(await system.call(signIn, { body: { email, password: newPassword }, as: null })).toMatchObject({
      status: 200,
    });
  });

  it('makes no user, and is worthless in its time', async () => {
    const token = await resetLink();
    expect(await accept(token)).toMatchObject({ status: 404 });
    expect((await system.call(lookUpOneTimeLink, { body: { token }, as: null })).body).toMatchObject({
      kind: 'passwordReset',
      email,
    });
    await expire();
    expect(await reset(token)).toMatchObject({ status: 404 });
  });
});
