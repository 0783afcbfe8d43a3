import { createHash } from 'node:crypto';
import { listAuditLog } from '@latchkey/contract/routes/audit';
import { getSession } from '@latchkey/contract/routes/session';
import { beginSingleSignOn } from '@latchkey/contract/routes/single-sign-on';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { BrowserSession } from './browser-session.js';
import { sql } from './registration-fixtures.js';
import {
  beginAt,
  finish,
  type SingleSignOnSystem,
  signInBy,
  startSingleSignOn,
} from './single-sign-on-fixtures.js';

let at: SingleSignOnSystem;
let browser: BrowserSession;

beforeAll(async () => {
  at = await startSingleSignOn();
});
afterAll(() => at.close());
beforeEach(() => {
  at.provider.tamper = null;
  browser = new BrowserSession(at.system);
});

const expired = { status: 403, body: { code: 'single_sign_on_expired' } };
const refused = (code: string) => ({ status: 403, body: { code } });
const nobodyIsIn = async () => expect((await browser.call(getSession)).body.user).toBeNull();
const altered = (query: string, name: string, value: string | null): string => {
  const parameters = new URLSearchParams(query);
  if (value === null) parameters.delete(name);
  else parameters.set(name, value);
  return `?${parameters}`;
};

describe('the answer of the provider', () => {
  it('is taken once, also at the same time', async () => {
    const query = await beginAt(browser, at.person());
    const answers = await Promise.all([finish(browser, query), finish(browser, query)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 403]);
    expect(await finish(browser, query)).toMatchObject(expired);
  });

  it('is taken from the browser that began alone', async () => {
    const query = await beginAt(browser, at.person());
    const victim = new BrowserSession(at.system);
    await beginAt(victim, at.person());
    expect(await finish(victim, query)).toMatchObject(expired);
    expect(await finish(browser, query)).toMatchObject({ status: 200 });
  });

  it.each([
    ['a changed', 'x'.repeat(43)],
    ['an empty', ''],
    ['no', null],
  ])('is refused with %s state', async (_what, state) => {
    const query = await beginAt(browser, at.person());
    expect(await finish(browser, altered(query, 'state', state))).toMatchObject(expired);
    await nobodyIsIn();
  });

  it('is refused with the state of another attempt of the same browser', async () => {
    const [first, second] = [await beginAt(browser, at.person()), await beginAt(browser, at.person())];
    const mixed = altered(first, 'state', new URLSearchParams(second).get('state'));
    expect(await finish(browser, mixed)).toMatchObject(expired);
    await nobodyIsIn();
  });

  it('is refused after ten minutes', async () => {
    const query = await beginAt(browser, at.person());
    await sql(at.system, 'UPDATE single_sign_on_attempts SET expires_at = now()');
    expect(await finish(browser, query)).toMatchObject(expired);
  });

  it.each([
    ['another code', 'code', 'x'.repeat(43), 403, 'single_sign_on_expired'],
    ['no code', 'code', null, 502, 'identity_provider_error'],
    ['another issuer', 'iss', 'https://evil.example', 502, 'identity_provider_error'],
    ['no issuer', 'iss', null, 502, 'identity_provider_error'],
  ])('is refused with %s', async (_what, name, value, status, code) => {
    const query = await beginAt(browser, at.person());
    expect(await finish(browser, altered(query, name, value))).toMatchObject({ status, body: { code } });
    await nobodyIsIn();
    expect(await finish(browser, query)).toMatchObject(expired);
  });

  it('says that the person has cancelled', async () => {
    expect(await signInBy(at.system, null, browser)).toMatchObject(refused('single_sign_on_denied'));
    await nobodyIsIn();
  });

  it('is in the audit log where it was refused, without what it holds', async () => {
    const query = await beginAt(browser, at.person());
    const state = new URLSearchParams(query).get('state') ?? '';
    const answer = await finish(new BrowserSession(at.system), query);
    expect(answer).toMatchObject(expired);
    await vi.waitFor(async () => {
      const { results } = (await at.system.call(listAuditLog, { query: { action: 'request.refused' } })).body;
      expect(results).toContainEqual(
        expect.objectContaining({
          details: expect.objectContaining({
            operation: 'finishSingleSignOn',
            code: 'single_sign_on_expired',
            address: '127.0.0.1',
          }),
        }),
      );
      expect(JSON.stringify([results, answer.body])).not.toContain(state);
    }, 5000);
  });
});

describe('an ID token', () => {
  const now = (): number => Math.floor(Date.now() / 1000);
  it.each<[string, string, (claims: Record<string, unknown>) => object]>([
    ['another nonce', 'id_token_nonce_mismatch', () => ({ nonce: 'x'.repeat(43) })],
    ['no nonce', 'id_token_invalid', () => ({ nonce: undefined })],
    ['another issuer', 'id_token_invalid', () => ({ iss: 'https://evil.example' })],
    ['another audience', 'id_token_invalid', () => ({ aud: 'another client' })],
    ['several audiences and another party', 'id_token_invalid', ({ aud }) => ({ aud: [aud, 'x'], azp: 'x' })],
    ['no subject', 'id_token_invalid', () => ({ sub: undefined })],
    ['an end that has passed', 'id_token_not_current', () => ({ exp: now() - 60, iat: now() - 120 })],
    ['a start that lies ahead', 'id_token_not_current', () => ({ nbf: now() + 120 })],
  ])('is refused with %s', async (_what, code, change) => {
    at.provider.tamper = (claims) => at.provider.sign({ ...claims, ...change(claims) });
    expect(await signInBy(at.system, at.person(), browser)).toMatchObject(refused(code));
    await nobodyIsIn();
  });

  it('is refused with claims that were changed under its signature', async () => {
    const other = at.person();
    at.provider.tamper = (claims, token) => {
      const [header, , signature] = token.split('.');
      const payload = Buffer.from(JSON.stringify({ ...claims, sub: other })).toString('base64url');
      return `${header}.${payload}.${signature}`;
    };
    const answer = await signInBy(at.system, at.person(), browser);
    expect(answer).toMatchObject(refused('id_token_signature_invalid'));
    await nobodyIsIn();
  });

  it.each(['none', 'HS256'])('is refused when it says that its algorithm is %s', async (alg) => {
    at.provider.tamper = (claims) => {
      const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
      return `${part({ alg })}.${part(claims)}.${alg === 'none' ? '' : part({})}`;
    };
    expect(await signInBy(at.system, at.person(), browser)).toMatchObject(refused('id_token_invalid'));
    await nobodyIsIn();
  });

  it('is taken once its clock is off by less than half a minute', async () => {
    at.provider.tamper = (claims) => at.provider.sign({ ...claims, exp: now() - 10, iat: now() + 20 });
    expect(await signInBy(at.system, at.person(), browser)).toMatchObject({ status: 200 });
  });
});

describe('an attempt', () => {
  it('leaves nothing in the database that could finish it', async () => {
    await sql(at.system, 'DELETE FROM single_sign_on_attempts');
    const query = await beginAt(browser, at.person());
    const rows = await sql<{ token_hash: Buffer }>(at.system, 'SELECT * FROM single_sign_on_attempts');
    expect(Object.keys(rows[0] ?? {})).toEqual(['token_hash', 'return_path', 'expires_at']);
    const state = new URLSearchParams(query).get('state') ?? '';
    expect(rows[0]?.token_hash).toHaveLength(createHash('sha256').digest().length);
    expect(rows[0]?.token_hash.toString('base64url')).not.toBe(state);
  });

  it('keeps its token from scripts and other sites', async () => {
    const response = await fetch(`${at.system.baseUrl}${beginSingleSignOn.path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    });
    const [cookie = ''] = response.headers.getSetCookie();
    expect(cookie).toMatch(/^latchkey_sign_in_[\w-]{16}=lko_/);
    expect(cookie.split('; ').slice(1).sort()).toEqual([
      'HttpOnly',
      'Max-Age=600',
      `Path=${beginSingleSignOn.path}`,
      'SameSite=Strict',
    ]);
    const { searchParams } = new URL((await response.json()).authorizationUrl);
    expect(searchParams.get('code_challenge_method')).toBe('S256');
    expect(searchParams.get('nonce')).not.toBe(searchParams.get('state'));
    expect(cookie).not.toContain(searchParams.get('state'));
  });

  it('is bounded by where it comes from', async () => {
    const cancel = async (): Promise<number> => {
      const begun = await browser.call(beginSingleSignOn, { body: {} });
      const state = new URL(begun.body.authorizationUrl).searchParams.get('state') ?? '';
      const answer = new URLSearchParams({ error: 'access_denied', state, iss: at.provider.issuer });
      return (await finish(browser, `?${answer}`)).status;
    };
    await signInBy(at.system, at.person());
    for (let failures = 0; failures < 100; failures += 1) expect(await cancel()).toBe(403);
    expect(await cancel()).toBe(429);
    expect(await signInBy(at.system, at.person())).toMatchObject({
      status: 429,
      body: { code: 'too_many_attempts' },
    });
  });
});
