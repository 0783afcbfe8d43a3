import { locate } from '@latchkey/locator/locate';
import { isRecord, readCount, refuseUnknown } from './settings.js';
import { SignerConfigError } from './signer-error.js';

/** Who may have which objects. What no rule allows is refused. */
export interface SignerRule {
  /** Of object identities, as `s3://acme-images/train/`. */
  readonly prefix: string;
  /** UUIDs; null: any. */
  readonly integrations: ReadonlySet<string> | null;
  /** E-mail addresses, `*@domain` or UUIDs; null: any. */
  readonly users: ReadonlySet<string> | null;
  readonly expiresInSeconds: number;
  /** Of `stores`; null: that of the prefix, at its provider. */
  readonly store: string | null;
}

export interface Asker {
  readonly userId: string;
  readonly email: string;
  readonly integration: string;
}

/** The rule that lets the asker have the object; the longest prefix decides between several. */
export function findRule(rules: readonly SignerRule[], object: string, asker: Asker): SignerRule | null {
  let found: SignerRule | null = null;
  for (const rule of rules) {
    if (!object.startsWith(rule.prefix) || !admits(rule, asker)) continue;
    if (found === null || rule.prefix.length > found.prefix.length) found = rule;
  }
  return found;
}

function admits({ integrations, users }: SignerRule, { integration, email, userId }: Asker): boolean {
  if (integrations !== null && !integrations.has(integration)) return false;
  const domain = `*${email.slice(email.lastIndexOf('@'))}`;
  return users === null || users.has(email) || users.has(domain) || users.has(userId);
}

const known = ['prefix', 'integrations', 'users', 'expiresInSeconds', 'store'];
const defaultSeconds = 900;
const sevenDays = 604_800;

/** Throws `SignerConfigError`. Whom a rule is for must be said: there is no default that lets everybody in. */
export function readPolicy(value: unknown, stores: readonly string[]): SignerRule[] {
  if (!Array.isArray(value) || value.length === 0)
    throw new SignerConfigError(
      '"rules" must be a list of one rule at least: without one, nothing is signed.',
    );
  return value.map((rule, index) => readRule(rule, `rules[${index}]`, stores));
}

function readRule(value: unknown, at: string, stores: readonly string[]): SignerRule {
  if (!isRecord(value)) throw new SignerConfigError(`"${at}" must be an object.`);
  refuseUnknown(value, known, `${at}.`);
  const { store = null } = value;
  if (store !== null && (typeof store !== 'string' || !stores.includes(store)))
    throw new SignerConfigError(`"${at}.store" must be one of "stores".`);
  return {
    prefix: readPrefix(value['prefix'], at),
    integrations: readNames(value['integrations'], `${at}.integrations`),
    users: readNames(value['users'], `${at}.users`),
    expiresInSeconds: readCount(
      value['expiresInSeconds'] ?? defaultSeconds,
      `${at}.expiresInSeconds`,
      1,
      sevenDays,
    ),
    store,
  };
}

/** In the spelling of identities, however it is written. */
function readPrefix(value: unknown, at: string): string {
  const located = typeof value === 'string' && value.endsWith('/') ? locate(`${value}x`) : null;
  if (located?.ok && located.url.identity.endsWith('/x')) return located.url.identity.slice(0, -1);
  throw new SignerConfigError(
    `"${at}.prefix" must name a bucket or a folder in it and end with "/", such as s3://bucket/folder/ or https://minio.example.com/bucket/.`,
  );
}

function readNames(value: unknown, at: string): ReadonlySet<string> | null {
  if (value === '*') return null;
  const isList = Array.isArray(value) && value.length > 0 && value.every((name) => typeof name === 'string');
  if (isList) return new Set(value.map((name) => name.trim().toLowerCase()));
  throw new SignerConfigError(`"${at}" must be "*" or a list of those for whom the rule is.`);
}
