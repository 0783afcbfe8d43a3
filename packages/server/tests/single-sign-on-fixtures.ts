import { beginSingleSignOn, finishSingleSignOn } from '@latchkey/contract/routes/single-sign-on';
import type { Environment } from '@latchkey/server/config/settings';
import { startIdentityProvider, type TestIdentityProvider } from '@latchkey/testkit/identity-provider';
import { type Answer, startTestSystem, type TestSystem } from '@latchkey/testkit/start-system';
import { v7 as uuidv7 } from 'uuid';
import { BrowserSession } from './browser-session.js';
import { type Account, visitProvider } from './provider-visit.js';

export const publicUrl = 'http://latchkey.test';
export const redirectUri = `${publicUrl}/sign-in/callback`;

export const settingsOf = ({ issuer, clientId, clientSecret }: TestIdentityProvider): Environment => ({
  LATCHKEY_PUBLIC_URL: publicUrl,
  LATCHKEY_OIDC_ISSUER: issuer,
  LATCHKEY_OIDC_CLIENT_ID: clientId,
  LATCHKEY_OIDC_CLIENT_SECRET: clientSecret,
  LATCHKEY_OIDC_NAME: 'Test provider',
  LATCHKEY_OIDC_SCOPES: 'openid email profile groups',
  LATCHKEY_OIDC_ALLOW: '127.0.0.0/8',
  LATCHKEY_OIDC_CREATE_USERS: 'on',
  LATCHKEY_ADDRESS_REQUESTS_PER_SECOND: 'off',
});

/** A server that people sign in to by a provider of its own. */
export interface SingleSignOnSystem {
  readonly system: TestSystem;
  readonly provider: TestIdentityProvider;
  /** A person whom the provider knows, with a verified address; answers the subject. */
  person(claims?: Readonly<Record<string, unknown>>): string;
  close(): Promise<void>;
}

export async function startSingleSignOn(environment: Environment = {}): Promise<SingleSignOnSystem> {
  const provider = await startIdentityProvider({ redirectUri });
  const system = await startTestSystem({
    worker: false,
    environment: { ...settingsOf(provider), ...environment },
  });
  return {
    system,
    provider,
    person: (claims = {}) => {
      const subject = uuidv7();
      provider.accounts.set(subject, { email: `${subject}@example.com`, email_verified: true, ...claims });
      return subject;
    },
    close: async () => {
      await system.close();
      await provider.close();
    },
  };
}

/** Begins to sign in; answers the query with which the provider sends the browser back. */
export async function beginAt(
  browser: BrowserSession,
  account: Account,
  returnPath?: string,
): Promise<string> {
  const begun = await browser.call(beginSingleSignOn, {
    body: returnPath === undefined ? {} : { returnPath },
  });
  if (begun.status !== 200) throw new Error(`beginSingleSignOn answers ${JSON.stringify(begun.body)}`);
  return visitProvider(begun.body.authorizationUrl, account, redirectUri);
}

export const finish = (browser: BrowserSession, query: string): Promise<Answer> =>
  browser.call(finishSingleSignOn, { body: { query } });

/** From the sign-in page to the provider and back. */
export async function signInBy(
  system: TestSystem,
  account: Account,
  browser = new BrowserSession(system),
): Promise<Answer> {
  return finish(browser, await beginAt(browser, account));
}
