import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ConfigError, type Environment } from './settings.js';
import { readSingleSignOnSettings, type SingleSignOnSettings } from './single-sign-on-settings.js';

const least = {
  LATCHKEY_OIDC_ISSUER: 'https://id.example.com/tenant',
  LATCHKEY_OIDC_CLIENT_ID: 'latchkey',
};
const read = (
  environment: Environment,
  publicUrl: string | null = 'https://l.example',
): SingleSignOnSettings => readSingleSignOnSettings(environment, { publicUrl, egressRanges: [] });

describe('readSingleSignOnSettings', () => {
  it('sets up no provider by default', () => {
    expect(read({})).toEqual({ singleSignOn: null, passwordSignIn: true });
  });

  it('lets nobody in by default whom Latchkey does not know', () => {
    expect(read(least)).toEqual({
      passwordSignIn: true,
      singleSignOn: {
        issuer: 'https://id.example.com/tenant',
        clientId: 'latchkey',
        clientSecret: null,
        scopes: 'openid email profile',
        name: 'id.example.com',
        redirectUri: 'https://l.example/sign-in/callback',
        groupsClaim: 'groups',
        adminGroups: [],
        emailDomains: [],
        createsUsers: false,
        linksByEmail: false,
        trustsEmail: false,
        sessionHours: 24,
        allowedRanges: [],
      },
    });
  });

  it('reads lists by commas, and names of groups with their spaces', () => {
    const { singleSignOn } = read({
      ...least,
      LATCHKEY_OIDC_ADMIN_GROUPS: 'Latchkey admins, ops,',
      LATCHKEY_OIDC_EMAIL_DOMAINS: 'Example.com, example.org',
      LATCHKEY_OIDC_SCOPES: 'openid  email,groups',
      LATCHKEY_OIDC_ISSUER: 'http://10.0.0.7:8080',
      LATCHKEY_OIDC_ALLOW: '10.0.0.7/32',
      LATCHKEY_PASSWORD_SIGN_IN: 'off',
    });
    expect(singleSignOn).toMatchObject({
      adminGroups: ['Latchkey admins', 'ops'],
      emailDomains: ['example.com', 'example.org'],
      scopes: 'openid email groups',
      allowedRanges: ['10.0.0.7/32'],
    });
  });

  it('reads the client secret from a file', () => {
    const directory = mkdtempSync(join(tmpdir(), 'latchkey-secret-'));
    const path = join(directory, 'secret');
    const environment = { ...least, LATCHKEY_OIDC_CLIENT_SECRET_FILE: path };
    expect(() => read(environment)).toThrow('LATCHKEY_OIDC_CLIENT_SECRET_FILE must be a file');
    writeFileSync(path, '\n');
    expect(() => read(environment)).toThrow('not empty');
    writeFileSync(path, 'a secret\n');
    expect(read(environment).singleSignOn?.clientSecret).toBe('a secret');
    expect(() => read({ ...environment, LATCHKEY_OIDC_CLIENT_SECRET: 'another' })).toThrow('both set');
    rmSync(directory, { recursive: true });
  });

  it.each([
    ['LATCHKEY_OIDC_ISSUER', 'idp.acme.test'],
    ['LATCHKEY_OIDC_ISSUER', 'http://idp.acme.test'],
    ['LATCHKEY_OIDC_ISSUER', 'https://user:pass@idp.acme.test'],
    ['LATCHKEY_OIDC_ISSUER', 'https://idp.acme.test/?tenant=1'],
    ['LATCHKEY_OIDC_SCOPES', 'email profile'],
    ['LATCHKEY_OIDC_EMAIL_DOMAINS', '@example.com'],
    ['LATCHKEY_OIDC_CREATE_USERS', 'yes'],
    ['LATCHKEY_OIDC_LINK_BY_EMAIL', '1'],
    ['LATCHKEY_OIDC_SESSION_HOURS', '721'],
    ['LATCHKEY_OIDC_ALLOW', '10.0.0.1'],
    ['LATCHKEY_PASSWORD_SIGN_IN', 'no'],
  ])('refuses %s=%s, naming the variable and not the value', (name, value) => {
    const reading = (): unknown => read({ ...least, [name]: value });
    expect(reading).toThrow(ConfigError);
    expect(reading).toThrow(`${name} must be`);
    if (value.length > 3) expect(reading).not.toThrow(value);
  });

  it.each([
    ['a setting without a provider', { LATCHKEY_OIDC_CLIENT_ID: 'latchkey' }, 'needs LATCHKEY_OIDC_ISSUER'],
    ['no way to sign in', { LATCHKEY_PASSWORD_SIGN_IN: 'off' }, 'nobody could sign in'],
    ['no client id', { LATCHKEY_OIDC_ISSUER: 'https://id.example.com' }, 'needs LATCHKEY_OIDC_CLIENT_ID'],
  ])('refuses %s', (_what, environment, message) => {
    expect(() => read(environment)).toThrow(message);
  });

  it('needs the address that the provider sends browsers back to', () => {
    expect(() => read(least, null)).toThrow('needs LATCHKEY_PUBLIC_URL');
  });
});
