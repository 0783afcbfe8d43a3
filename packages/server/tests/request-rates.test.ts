import { limits } from '@latchkey/contract/limits';
import { getCurrentUser, getSession, signIn } from '@latchkey/contract/routes/session';
import { startTestSystem, type TestJson, type TestSystem } from '@latchkey/testkit/start-system';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { auditOf } from './storage-fixtures.js';

const perWindow = 10;
const windowMs = 10_000;
let now = Date.now();
let direct: TestSystem;
let proxied: TestSystem;
beforeAll(async () => {
  const environment = { LATCHKEY_USER_REQUESTS_PER_SECOND: '1', LATCHKEY_ADDRESS_REQUESTS_PER_SECOND: '1' };
  const options = { worker: false, now: () => now };
  [direct, proxied] = await Promise.all([
    startTestSystem({ ...options, environment }),
    startTestSystem({
      ...options,
      environment: { ...environment, LATCHKEY_TRUSTED_PROXIES: '127.0.0.1, 10.0.0.0/8' },
    }),
  ]);
});
beforeEach(() => {
  now += windowMs;
});
afterAll(() => Promise.all([direct.close(), proxied.close()]));

interface Asked {
  readonly system?: TestSystem;
  readonly path?: string;
  readonly body?: object;
  readonly token?: string;
  readonly forwardedFor?: string;
}

async function ask({ system = direct, path = getSession.path, body, token, forwardedFor }: Asked) {
  const response = await fetch(system.baseUrl + path, {
    ...(body && { method: 'POST', body: JSON.stringify(body) }),
    headers: {
      ...(body && { 'content-type': 'application/json' }),
      ...(token && { authorization: `Bearer ${token}` }),
      ...(forwardedFor && { 'x-forwarded-for': forwardedFor }),
    },
  });
  const text = await response.text();
  const wait = response.headers.get('retry-after');
  return {
    status: response.status,
    wait,
    body: (text.startsWith('{') ? JSON.parse(text) : text) as TestJson,
  };
}

const statusesOf = async (count: number, asked: Asked): Promise<number[]> =>
  (await Promise.all(Array.from({ length: count }, () => ask(asked)))).map(({ status }) => status).sort();
const refusedBeyond = (most: number, status: number): number[] => [...Array(most).fill(status), 429];

describe('a user who sends too many requests', () => {
  it('is told to wait, may go on then, and is in the audit log', async () => {
    const user = await direct.createUser();
    const asked = { path: getCurrentUser.path, token: user.token };
    expect(await statusesOf(perWindow, asked)).toEqual(Array(perWindow).fill(200));
    now += 4000;
    expect(await ask(asked)).toMatchObject({
      status: 429,
      wait: '6',
      body: { code: 'too_many_requests', details: { retryAfterSeconds: 6 } },
    });
    now += 6000;
    expect((await ask(asked)).status).toBe(200);
    await vi.waitFor(async () => {
      const refused = await auditOf(direct, 'request.refused');
      expect(refused).toContainEqual({
        user_id: user.uuid,
        subject_id: null,
        details: { operation: 'getCurrentUser', code: 'too_many_requests', address: '127.0.0.1', count: 1 },
      });
    }, 10_000);
  });

  it('slows down nobody else at the same address, and no probe', async () => {
    const [user, other] = [await direct.createUser(), await direct.createUser()];
    const asked = { path: getCurrentUser.path, token: user.token };
    expect(await statusesOf(perWindow + 1, asked)).toEqual(refusedBeyond(perWindow, 200));
    expect((await ask({ ...asked, token: other.token })).status).toBe(200);
    expect((await ask({})).status).toBe(200);
    expect(await statusesOf(perWindow + 1, { path: '/health/live' })).not.toContain(429);
  });
});

describe('an address from which too many requests come that nobody is signed in for', () => {
  it('is told to wait, whether they have a token that does not hold or none', async () => {
    const asked = { path: getCurrentUser.path, token: 'lkt_wrong' };
    expect(await statusesOf(perWindow - 1, asked)).toEqual(Array(perWindow - 1).fill(401));
    expect(await statusesOf(2, {})).toEqual([200, 429]);
    expect(await ask(asked)).toMatchObject({ status: 429, body: { code: 'too_many_requests' } });
    expect((await ask({ ...asked, token: direct.admin.token })).status).toBe(200);
  });

  it('is that of the connection, whatever a header says, where no proxy is trusted', async () => {
    for (let at = 0; at < perWindow; at++) await ask({ forwardedFor: `192.0.2.${at}` });
    expect((await ask({ forwardedFor: '192.0.2.99' })).status).toBe(429);
  });

  it('is the one that a trusted proxy tells, and never one that the client wrote', async () => {
    for (let at = 0; at < perWindow; at++)
      await ask({ system: proxied, forwardedFor: `198.51.100.${at}, 192.0.2.7, 10.1.2.3` });
    const again = await ask({ system: proxied, forwardedFor: '198.51.100.77, 192.0.2.7' });
    expect(again.status).toBe(429);
    expect((await ask({ system: proxied, forwardedFor: '192.0.2.8' })).status).toBe(200);
  });

  it('is the network of an address of IPv6', async () => {
    for (let at = 0; at < perWindow; at++)
      await ask({ system: proxied, forwardedFor: `2001:db8:0:1::${at}` });
    expect((await ask({ system: proxied, forwardedFor: '2001:db8:0:1:9::' })).status).toBe(429);
    expect((await ask({ system: proxied, forwardedFor: '2001:db8:0:2::' })).status).toBe(200);
  });
});

it('failures to sign in are counted for the address that a trusted proxy tells', async () => {
  const body = { email: 'guessed@example.com', password: 'a wrong password' };
  const guess = (forwardedFor: string) =>
    ask({ system: proxied, path: signIn.path, body, forwardedFor: `192.0.2.200, ${forwardedFor}` });
  for (let at = 0; at < limits.signInFailures; at++) {
    now += windowMs / 2;
    expect((await guess('203.0.113.5')).status).toBe(401);
  }
  now += windowMs;
  expect(await guess('203.0.113.5')).toMatchObject({ status: 429, body: { code: 'too_many_attempts' } });
  expect((await guess('203.0.113.6')).status).toBe(401);
});

it('any number of requests are answered where the limits are off', async () => {
  await using system = await startTestSystem({
    worker: false,
    environment: { LATCHKEY_USER_REQUESTS_PER_SECOND: 'off', LATCHKEY_ADDRESS_REQUESTS_PER_SECOND: 'off' },
    now: () => now,
  });
  expect(new Set(await statusesOf(250, { system }))).toEqual(new Set([200]));
});
