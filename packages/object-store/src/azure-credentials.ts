import type { AzureDelegationKey } from '@latchkey/locator/presign/azure-presigner';
import { ObjectStoreError } from './object-store-error.js';
import { answerError, askStore } from './store-request.js';

type Environment = Readonly<Record<string, string | undefined>>;

export interface AzureAccountKey {
  readonly accountKey: string;
  /** Of the connection string. */
  readonly endpoint?: string;
}

/** Delegation keys end after 7 days; the margin is for clocks that differ. */
export const DELEGATION_SECONDS = 604_800 - 900;
const SKEW_MS = 300_000;
const VERSION = '2020-12-06';

/** The key of the account itself: from a connection string of this account, or AZURE_STORAGE_KEY. */
export function findAccountKey(account: string, environment: Environment): AzureAccountKey | null {
  const parts = new Map(
    (environment['AZURE_STORAGE_CONNECTION_STRING'] ?? '').split(';').map((part) => {
      const equals = part.indexOf('=');
      return [part.slice(0, equals), part.slice(equals + 1)] as const;
    }),
  );
  const [key, endpoint] = [parts.get('AccountKey'), parts.get('BlobEndpoint')];
  if (key && parts.get('AccountName') === account) return { accountKey: key, ...(endpoint && { endpoint }) };
  const accountKey = environment['AZURE_STORAGE_KEY'];
  const named = environment['AZURE_STORAGE_ACCOUNT'];
  return accountKey && (!named || named === account) ? { accountKey } : null;
}

/** Delegation keys of whoever is signed in, each for as long as there may be one. */
export class DelegationKeys {
  readonly #endpoint: string;
  readonly #token: () => Promise<string>;
  readonly #now: () => number;
  #key: Promise<AzureDelegationKey> | null = null;
  #usableUntil = 0;

  constructor(endpoint: string, token: () => Promise<string>, now: () => number) {
    this.#endpoint = endpoint;
    this.#token = token;
    this.#now = now;
  }

  /** One that lives for so long at least. */
  async get(seconds: number): Promise<AzureDelegationKey> {
    const now = this.#now();
    if (this.#key === null || now + seconds * 1000 > this.#usableUntil) {
      this.#usableUntil = now + DELEGATION_SECONDS * 1000 + SKEW_MS;
      this.#key = this.#ask(now - SKEW_MS, this.#usableUntil);
      this.#key.catch(() => {
        this.#key = null;
      });
    }
    return this.#key;
  }

  async #ask(start: number, expiry: number): Promise<AzureDelegationKey> {
    const iso = (time: number): string => `${new Date(time).toISOString().slice(0, 19)}Z`;
    const what = 'the request for a user delegation key';
    const answer = await askStore({
      what,
      url: async () => `${this.#endpoint}/?restype=service&comp=userdelegationkey`,
      headers: async () => ({
        authorization: `Bearer ${await this.#token()}`,
        'x-ms-version': VERSION,
        'content-type': 'application/xml',
      }),
      post: `<?xml version="1.0" encoding="utf-8"?><KeyInfo><Start>${iso(start)}</Start><Expiry>${iso(expiry)}</Expiry></KeyInfo>`,
    });
    if (answer.status !== 200) throw answerError(what, answer);
    return readKey(answer.body);
  }
}

function readKey(xml: string): AzureDelegationKey {
  const text = (name: string): string => new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1] ?? '';
  return {
    signedObjectId: text('SignedOid'),
    signedTenantId: text('SignedTid'),
    signedStart: text('SignedStart'),
    signedExpiry: text('SignedExpiry'),
    signedService: text('SignedService'),
    signedVersion: text('SignedVersion'),
    value: text('Value'),
  };
}

/** Tokens of the ordinary chain of Azure: environment, workload or managed identity, `az`, `azd`, PowerShell. */
export async function azureToken(): Promise<() => Promise<string>> {
  const { DefaultAzureCredential } = await import('@azure/identity');
  const credential = new DefaultAzureCredential();
  return async () => {
    try {
      return (await credential.getToken('https://storage.azure.com/.default')).token;
    } catch (cause) {
      throw new ObjectStoreError(
        'no_credentials',
        'There are no credentials for Azure. Tried: AZURE_STORAGE_CONNECTION_STRING, AZURE_STORAGE_KEY with ' +
          'AZURE_STORAGE_ACCOUNT, AZURE_CLIENT_ID with its secret or certificate, workload and managed identity, and ' +
          'the sign-in of `az`, `azd` and Azure PowerShell.',
        'Sign in with `az login` as someone with the role Storage Blob Data Reader, or set the variables.',
        { cause },
      );
    }
  };
}
