import { readPolicy, type SignerRule } from './policy.js';
import { isRecord, mustHaveUrl, readCount, refuseUnknown } from './settings.js';
import { SignerConfigError } from './signer-error.js';

/** A store with an address of its own, such as MinIO, Wasabi or R2. */
export interface StoreSettings {
  readonly endpoint?: string;
  readonly region?: string;
  readonly pathStyle?: boolean;
}

export interface SignerLimits {
  /** Objects of one request. */
  readonly maxObjects: number;
  /** Of one user. */
  readonly requestsPerMinute: number;
  /** Of one user. */
  readonly objectsPerMinute: number;
}

export interface SignerConfig {
  readonly host: string;
  readonly port: number;
  /** Where browsers reach the signer: what the integration has as its signer URL. */
  readonly signerUrl: string;
  /** The issuer of the tokens; its pages alone may ask. */
  readonly latchkeyUrl: string;
  /** Where its keys are; not below `latchkeyUrl` where the signer reaches it by another address. */
  readonly keysUrl: string;
  readonly stores: Readonly<Record<string, StoreSettings>>;
  readonly rules: readonly SignerRule[];
  readonly limits: SignerLimits;
}

const known = ['host', 'port', 'signerUrl', 'latchkeyUrl', 'keysUrl', 'stores', 'rules', 'limits'];

/** Reads the settings as JSON text. Throws `SignerConfigError`. */
export function readSignerConfig(text: string): SignerConfig {
  const settings = parse(text);
  if (!isRecord(settings)) throw new SignerConfigError('The settings are not a JSON object.');
  refuseUnknown(settings, known, '');
  const latchkeyUrl = mustHaveUrl(settings['latchkeyUrl'], 'latchkeyUrl').replace(/\/$/, '');
  const keysUrl = settings['keysUrl'];
  const stores = readStores(settings['stores'] ?? {});
  const host = settings['host'] ?? '127.0.0.1';
  if (typeof host !== 'string' || host === '') throw new SignerConfigError('"host" must be an address.');
  return {
    host,
    port: readCount(settings['port'] ?? 8790, 'port', 0, 65_535),
    signerUrl: mustHaveUrl(settings['signerUrl'], 'signerUrl'),
    latchkeyUrl,
    keysUrl: keysUrl === undefined ? `${latchkeyUrl}/.well-known/jwks.json` : mustHaveUrl(keysUrl, 'keysUrl'),
    stores,
    rules: readPolicy(settings['rules'], Object.keys(stores)),
    limits: readLimits(settings['limits'] ?? {}),
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new SignerConfigError(`The settings are not JSON: ${(error as Error).message}`);
  }
}

function readStores(value: unknown): Record<string, StoreSettings> {
  if (!isRecord(value)) throw new SignerConfigError('"stores" must be an object of stores by name.');
  return Object.fromEntries(
    Object.entries(value).map(([name, store]) => [name, readStore(store, `stores.${name}`)]),
  );
}

function readStore(value: unknown, at: string): StoreSettings {
  if (!isRecord(value)) throw new SignerConfigError(`"${at}" must be an object.`);
  refuseUnknown(value, ['endpoint', 'region', 'pathStyle'], `${at}.`);
  const { endpoint, region, pathStyle } = value;
  if (region !== undefined && typeof region !== 'string')
    throw new SignerConfigError(`"${at}.region" must be the name of a region.`);
  if (pathStyle !== undefined && typeof pathStyle !== 'boolean')
    throw new SignerConfigError(`"${at}.pathStyle" must be true or false.`);
  return {
    ...(endpoint !== undefined && { endpoint: mustHaveUrl(endpoint, `${at}.endpoint`) }),
    ...(region !== undefined && { region }),
    ...(pathStyle !== undefined && { pathStyle }),
  };
}

function readLimits(value: unknown): SignerLimits {
  if (!isRecord(value)) throw new SignerConfigError('"limits" must be an object.');
  refuseUnknown(value, ['maxObjects', 'requestsPerMinute', 'objectsPerMinute'], 'limits.');
  return {
    // What Latchkey asks for at once.
    maxObjects: readCount(value['maxObjects'] ?? 500, 'limits.maxObjects', 500, 10_000),
    requestsPerMinute: readCount(value['requestsPerMinute'] ?? 300, 'limits.requestsPerMinute', 1, 1_000_000),
    objectsPerMinute: readCount(
      value['objectsPerMinute'] ?? 30_000,
      'limits.objectsPerMinute',
      500,
      100_000_000,
    ),
  };
}
