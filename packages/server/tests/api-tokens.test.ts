import { listNotifications } from '@latchkey/contract/routes/notifications';
import { createServiceAccount, createServiceAccountToken } from '@latchkey/contract/routes/service-accounts';
import {
  createApiToken,
  deleteApiToken,
  getCurrentUser,
  listApiTokens,
} from '@latchkey/contract/routes/session';
import {
  noticeExpiringTokens,
  removeExpiredTokens,
} from '@latchkey/server/notifications/notice-expiring-tokens';
import {
  startTestSystem,
  type TestJson,
  type TestSystem,
  type TestUser,
} from '@latchkey/testkit/start-system';
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

async function made(title: string, expiresInDays?: number): Promise<TestJson> {
  const body = { title, ...(expiresInDays !== undefined && { expiresInDays }) };
  return (await system.call(createApiToken, { body, as: user })).body;
}
/** As if it had been made so much earlier. */
const age = (uuid: string, days: number) =>
  sql(
    system,
    `UPDATE api_tokens SET created_at = created_at - interval '${days} days', expires_at = expires_at - interval '${days} days' WHERE id = '${uuid}'`,
  );
const titles = async (): Promise<string[]> =>
  (await system.call(listApiTokens, { as: user })).body.result.map(({ title }: TestJson) => title);

async function notices(): Promise<TestJson[]> {
  await noticeExpiringTokens(system.context);
  return (await system.call(listNotifications, { as: user })).body.results;
}

describe('an API token', () => {
  it('is kept as its hash', async () => {
    const { token, uuid } = await made('secret', 30);
    const [row] = await sql<Record<string, unknown>>(system, `SELECT * FROM api_tokens WHERE id = '${uuid}'`);
    expect(row?.['token_hash']).toHaveLength(32);
    expect(JSON.stringify(row)).not.toContain(token.slice(4));
    expect(JSON.stringify((await system.call(listApiTokens, { as: user })).body)).not.toContain(
      token.slice(4),
    );
  });

  it('is announced once to its user within the week before it expires', async () => {
    const { uuid } = await made('of a month', 30);
    await made('without an end');
    await age(uuid, 22);
    expect(await notices()).toEqual([]);
    await age(uuid, 2);
    expect(await notices()).toMatchObject([
      {
        kind: 'tokenExpiring',
        readAt: null,
        expiringToken: {
          tokenUuid: uuid,
          title: 'of a month',
          expiresAt: expect.any(String),
          serviceAccount: null,
        },
      },
    ]);
    expect(await notices()).toHaveLength(1);
    await system.call(deleteApiToken, { params: { tokenUuid: uuid }, as: user });
    expect(await notices()).toEqual([]);
  });

  it('of a service account is announced to the active admins of the organisation', async () => {
    const account = (await system.call(createServiceAccount, { body: { name: 'Nightly import' } })).body;
    const params = { userUuid: account.uuid };
    const body = { title: 'of a month', expiresInDays: 30 };
    const { uuid } = (await system.call(createServiceAccountToken, { params, body })).body;
    await age(uuid, 24);
    expect(await notices()).toEqual([]);
    const told = await sql<TestJson>(
      system,
      `SELECT user_id FROM notifications WHERE api_token_id = '${uuid}'`,
    );
    expect(told).toEqual([{ user_id: system.admin.uuid }]);
    const [notice] = (await system.call(listNotifications)).body.results;
    expect(notice.expiringToken).toMatchObject({ tokenUuid: uuid, serviceAccount: 'Nightly import' });
  });

  it('is not announced if it was made to live for a week, or has expired', async () => {
    await made('of a week', 7);
    const { uuid } = await made('of a month', 30);
    await age(uuid, 31);
    expect(await notices()).toEqual([]);
  });

  it('is told to have expired, and leaves the list after as long as it lived, or 30 days', async () => {
    const [day, year] = [await made('of a day', 1), await made('of a year', 365)];
    await age(day.uuid, 1);
    await age(year.uuid, 366);
    const answer = await system.call(getCurrentUser, { as: { ...user, token: day.token } });
    expect(answer).toMatchObject({ status: 401, body: { code: 'invalid_token' } });
    expect(answer.body.message).toMatch(/^The token expired at 20/);
    await removeExpiredTokens(system.context);
    expect(await titles()).toEqual(['test', 'of a day', 'of a year']);
    await age(day.uuid, 1);
    await age(year.uuid, 28);
    await removeExpiredTokens(system.context);
    expect(await titles()).toEqual(['test', 'of a year']);
    await age(year.uuid, 1);
    await removeExpiredTokens(system.context);
    expect(await titles()).toEqual(['test']);
    expect((await system.call(getCurrentUser, { as: user })).status).toBe(200);
  });
});
