import { createInvitation, createPasswordReset } from '@latchkey/contract/routes/one-time-links';
import { createUser, signIn } from '@latchkey/contract/routes/session';
import { getSignInMethods } from '@latchkey/contract/routes/single-sign-on';
import { readConfig } from '@latchkey/server/config/environment';
import type { Environment } from '@latchkey/server/config/settings';
import { checkSingleSignOn } from '@latchkey/server/self-check/check-single-sign-on';
import { startIdentityProvider, type TestIdentityProvider } from '@latchkey/testkit/identity-provider';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { IdentityProvider } from '../src/single-sign-on/identity-provider.js';
import { checksOf } from '../src/single-sign-on/sign-in-checks.js';
import { visitProvider } from './provider-visit.js';
import { sql } from './registration-fixtures.js';
import {
  redirectUri,
  type SingleSignOnSystem,
  settingsOf,
  signInBy,
  startSingleSignOn,
} from './single-sign-on-fixtures.js';

const password = 'a long password';

describe('a server that links users, makes none and takes no passwords', () => {
  let at: SingleSignOnSystem;
  beforeAll(async () => {
    at = await startSingleSignOn({
      LATCHKEY_OIDC_CREATE_USERS: 'off',
      LATCHKEY_OIDC_LINK_BY_EMAIL: 'on',
      LATCHKEY_OIDC_EMAIL_DOMAINS: 'example.com',
      LATCHKEY_OIDC_TRUST_EMAIL: 'on',
      LATCHKEY_PASSWORD_SIGN_IN: 'off',
    });
  });
  afterAll(() => at.close());

  it('links the user of a verified address once, by whatever case', async () => {
    const email = 'linked@example.com';
    const { uuid } = (await at.system.call(createUser, { body: { email, password } })).body;
    const subject = at.person({ email: 'Linked@Example.com' });
    expect(await signInBy(at.system, subject)).toMatchObject({
      status: 200,
      body: { user: { uuid, email } },
    });
    at.provider.accounts.set(subject, { email: 'renamed@example.com', email_verified: true });
    expect(await signInBy(at.system, subject)).toMatchObject({ status: 200, body: { user: { uuid } } });
    expect(await sql(at.system, 'SELECT user_id FROM user_identities')).toEqual([{ user_id: uuid }]);
  });

  it('links nobody by an address that is not verified', async () => {
    const email = 'victim@example.com';
    await at.system.call(createUser, { body: { email } });
    expect(await signInBy(at.system, at.person({ email, email_verified: false }))).toMatchObject({
      status: 403,
      body: { code: 'email_not_verified' },
    });
  });

  it('takes the word of a provider that says nothing of addresses, where the operator trusts it', async () => {
    const email = 'trusted@example.com';
    await at.system.call(createUser, { body: { email } });
    expect(await signInBy(at.system, at.person({ email, email_verified: undefined }))).toMatchObject({
      status: 200,
    });
  });

  it('lets in nobody whom it does not know, and nobody of another domain', async () => {
    const stranger = await signInBy(at.system, at.person());
    expect(stranger).toMatchObject({ status: 403, body: { code: 'user_not_allowed' } });
    const other = await signInBy(at.system, at.person({ email: 'x@example.com.evil.example' }));
    expect(other).toMatchObject({ status: 403, body: { code: 'user_not_allowed' } });
    expect(other.body.message).toContain('domain');
  });

  it('refuses passwords, and links that would set one', async () => {
    const off = { status: 403, body: { code: 'password_sign_in_off' } };
    const { admin } = at.system;
    expect(await at.system.call(signIn, { body: { email: admin.email, password }, as: null })).toMatchObject(
      off,
    );
    expect(await at.system.call(createInvitation, { body: { email: 'new@example.com' } })).toMatchObject(off);
    expect(
      await at.system.call(createPasswordReset, { params: { userUuid: admin.uuid }, body: {} }),
    ).toMatchObject(off);
    expect((await at.system.call(getSignInMethods, { as: null })).body).toMatchObject({ password: false });
  });
});

describe('the way to the provider', () => {
  let provider: TestIdentityProvider;
  beforeAll(async () => {
    provider = await startIdentityProvider({ redirectUri });
  });
  afterAll(() => provider.close());

  const openWith = (environment: Environment, log = pino({ level: 'silent' })): IdentityProvider => {
    const { singleSignOn } = readConfig(environment);
    if (!singleSignOn) throw new Error('No provider is configured.');
    return new IdentityProvider(singleSignOn, log);
  };
  const begin = (opened: IdentityProvider) => opened.authorizationUrl(checksOf('a token'));

  it('leads through the rules of egress: a private address has to be allowed', async () => {
    const opened = openWith({ ...settingsOf(provider), LATCHKEY_OIDC_ALLOW: '10.0.0.0/8' });
    await expect(begin(opened)).rejects.toMatchObject({
      code: 'identity_provider_unreachable',
      message: expect.stringContaining('private'),
    });
    await opened.close();
  });

  it('is tried again after it failed', async () => {
    const first = await startIdentityProvider({ redirectUri });
    const { port } = new URL(first.issuer);
    await first.close();
    const opened = openWith(settingsOf(first));
    await expect(begin(opened)).rejects.toMatchObject({ code: 'identity_provider_unreachable' });
    const again = await startIdentityProvider({ redirectUri, port: Number(port) });
    expect((await begin(opened)).origin).toBe(again.issuer);
    await opened.close();
    await again.close();
  });

  it('leaves no code, token, claim or secret in the log', async () => {
    const lines: string[] = [];
    const log = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) });
    const identityProvider = openWith(settingsOf(provider), log);
    provider.accounts.set('secret-subject', { email: 'secret@example.com' });
    const attempt = async (change: (query: string) => string = (query) => query): Promise<string[]> => {
      const checks = checksOf(`token ${lines.length}`);
      const url = await identityProvider.authorizationUrl(checks);
      const query = await visitProvider(url.href, 'secret-subject', redirectUri);
      await expect(identityProvider.claimsOf(change(query), checks)).rejects.toThrow();
      return [checks.codeVerifier, checks.nonce, new URLSearchParams(query).get('code') ?? ''];
    };
    let token = '';
    const kept = await attempt((query) => query.replace('code=', 'code=x'));
    provider.tamper = async (claims) => {
      token = await provider.sign({ ...claims, nonce: 'another' });
      return token;
    };
    kept.push(...(await attempt()), token);
    provider.tamper = async (_claims, given) => `${given.slice(0, -4)}AAAA`;
    kept.push(...(await attempt()));
    expect(lines.map((line) => JSON.parse(line).code)).toEqual([
      'single_sign_on_expired',
      'id_token_nonce_mismatch',
      'id_token_signature_invalid',
    ]);
    for (const secret of [...kept, provider.clientSecret, 'secret-subject', 'secret@example.com'])
      expect(lines.join('')).not.toContain(secret);
    await identityProvider.close();
    provider.tamper = null;
  });

  it('is checked by the doctor', async () => {
    const check = (environment: object) => {
      const { singleSignOn } = readConfig({ ...settingsOf(provider), ...environment });
      if (!singleSignOn) throw new Error('No provider is configured.');
      return checkSingleSignOn(singleSignOn);
    };
    expect(await check({})).toMatchObject({ state: 'ok' });
    expect(await check({ LATCHKEY_OIDC_CREATE_USERS: 'off' })).toMatchObject({ state: 'warning' });
    expect(await check({ LATCHKEY_OIDC_ISSUER: `${provider.issuer}/other` })).toMatchObject({
      state: 'failure',
    });
    expect(await check({ LATCHKEY_OIDC_ALLOW: '10.0.0.0/8' })).toMatchObject({ state: 'failure' });
  });
});
