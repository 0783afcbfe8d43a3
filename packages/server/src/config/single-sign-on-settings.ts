import { readFileSync } from 'node:fs';
import { readAddressRanges } from './address-ranges.js';
import { ConfigError, type Environment, readCount, readList, readSwitch } from './settings.js';

/** An OpenID Connect provider, by which people sign in. */
export interface SingleSignOnConfig {
  readonly issuer: string;
  readonly clientId: string;
  /** Null: a public client, which PKCE alone protects. */
  readonly clientSecret: string | null;
  readonly scopes: string;
  /** As people know it. */
  readonly name: string;
  /** Where the provider sends browsers back to. */
  readonly redirectUri: string;
  readonly groupsClaim: string;
  /** Whoever is in one of them is an organisation admin. */
  readonly adminGroups: readonly string[];
  /** In lower case; none: any. */
  readonly emailDomains: readonly string[];
  readonly createsUsers: boolean;
  readonly linksByEmail: boolean;
  /** An e-mail address of which the provider says nothing counts as verified. */
  readonly trustsEmail: boolean;
  readonly sessionHours: number;
  /** Beside the public addresses. */
  readonly allowedRanges: readonly string[];
}

export interface SingleSignOnSettings {
  /** Null: people sign in with passwords alone. */
  readonly singleSignOn: SingleSignOnConfig | null;
  readonly passwordSignIn: boolean;
}

export const callbackPath = '/sign-in/callback';
const prefix = 'LATCHKEY_OIDC_';
const variable = (name: string): string => `${prefix}${name}`;

interface Others {
  readonly publicUrl: string | null;
  readonly egressRanges: readonly string[];
}

export function readSingleSignOnSettings(environment: Environment, others: Others): SingleSignOnSettings {
  const singleSignOn = readProvider(environment, others);
  const passwordSignIn = readSwitch(environment, 'LATCHKEY_PASSWORD_SIGN_IN', 'on');
  if (!passwordSignIn && singleSignOn === null)
    throw new ConfigError(
      'LATCHKEY_PASSWORD_SIGN_IN=off needs LATCHKEY_OIDC_ISSUER: else nobody could sign in.',
    );
  return { singleSignOn, passwordSignIn };
}

function readProvider(
  environment: Environment,
  { publicUrl, egressRanges }: Others,
): SingleSignOnConfig | null {
  const text = (name: string): string | null => environment[variable(name)]?.trim() || null;
  const issuer = text('ISSUER');
  if (issuer === null) {
    const alone = Object.keys(environment).find(
      (name) => name.startsWith(prefix) && environment[name]?.trim(),
    );
    if (alone) throw new ConfigError(`${alone} needs ${variable('ISSUER')}, the address of the provider.`);
    return null;
  }
  const allowedRanges = [...egressRanges, ...readAddressRanges(environment, variable('ALLOW'))];
  const url = readIssuer(issuer, allowedRanges.length > 0);
  if (publicUrl === null)
    throw new ConfigError(
      `${variable('ISSUER')} needs LATCHKEY_PUBLIC_URL: the provider sends browsers back to that address.`,
    );
  return {
    issuer,
    clientId: text('CLIENT_ID') ?? missing('CLIENT_ID', 'the id that the provider has given to Latchkey'),
    clientSecret: readSecret(text('CLIENT_SECRET'), text('CLIENT_SECRET_FILE')),
    scopes: readScopes(text('SCOPES')),
    name: text('NAME') ?? url.hostname,
    redirectUri: `${publicUrl}${callbackPath}`,
    groupsClaim: text('GROUPS_CLAIM') ?? 'groups',
    adminGroups: readList(environment[variable('ADMIN_GROUPS')]),
    emailDomains: readDomains(environment[variable('EMAIL_DOMAINS')]),
    createsUsers: readSwitch(environment, variable('CREATE_USERS'), 'off'),
    linksByEmail: readSwitch(environment, variable('LINK_BY_EMAIL'), 'off'),
    trustsEmail: readSwitch(environment, variable('TRUST_EMAIL'), 'off'),
    sessionHours: readCount(environment, variable('SESSION_HOURS'), 24, 720),
    allowedRanges,
  };
}

function missing(name: string, what: string): never {
  throw new ConfigError(`${variable('ISSUER')} needs ${variable(name)}, ${what}.`);
}

/** Over http, tokens and the client secret could be read and forged on the way. */
function readIssuer(value: string, isHttpTaken: boolean): URL {
  const url = URL.canParse(value) ? new URL(value) : null;
  const isPlain = url !== null && `${url.username}${url.password}${url.search}${url.hash}` === '';
  if (isPlain && (url.protocol === 'https:' || (url.protocol === 'http:' && isHttpTaken))) return url;
  throw new ConfigError(
    `${variable('ISSUER')} must be the https URL of the provider, without query, fragment or password, such as https://id.example.com; http is taken where ${variable('ALLOW')} names private addresses.`,
  );
}

function readSecret(value: string | null, path: string | null): string | null {
  if (path === null) return value;
  if (value !== null)
    throw new ConfigError(
      `${variable('CLIENT_SECRET')} and ${variable('CLIENT_SECRET_FILE')} are both set. Set one of them.`,
    );
  try {
    const secret = readFileSync(path, 'utf8').trim();
    if (secret !== '') return secret;
  } catch (cause) {
    throw new ConfigError(`${variable('CLIENT_SECRET_FILE')} must be a file that the server can read.`, {
      cause,
    });
  }
  throw new ConfigError(`${variable('CLIENT_SECRET_FILE')} must be a file that is not empty.`);
}

function readScopes(value: string | null): string {
  const scopes = readList(value ?? 'openid email profile', /[\s,]+/);
  if (scopes.includes('openid')) return scopes.join(' ');
  throw new ConfigError(
    `${variable('SCOPES')} must be scopes separated by spaces, and "openid" one of them.`,
  );
}

function readDomains(value: string | undefined): string[] {
  const domains = readList(value, /[\s,]+/).map((domain) => domain.toLowerCase());
  if (domains.every((domain) => /^[^\s@/]+\.[^\s@/]+$/.test(domain))) return domains;
  throw new ConfigError(
    `${variable('EMAIL_DOMAINS')} must be domains without "@", such as example.com, separated by commas.`,
  );
}
