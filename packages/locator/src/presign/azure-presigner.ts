import { createHmac } from 'node:crypto';
import { escapeAll } from '../normalize.js';
import { parseUrl } from '../parse-url.js';
import { escapeKey } from './bucket-address.js';
import { checkExpiry, PresignError } from './presign-error.js';
import type { PresignedMethod, Presigner } from './presigner.js';

export interface AzurePlace {
  account: string;
  container: string;
  /** `https://<account>.blob.core.windows.net`, or an emulator's with the account as path. */
  endpoint: string;
  /** The clock, in epoch milliseconds. */
  now: () => number;
}

/** As the operation Get User Delegation Key answers it; times as it writes them. */
export interface AzureDelegationKey {
  signedObjectId: string;
  signedTenantId: string;
  signedStart: string;
  signedExpiry: string;
  signedService: string;
  signedVersion: string;
  /** Base64 */
  value: string;
}

/** The account's key in Base64, or a key that Azure made for a user. */
export type AzureKey = { accountKey: string } | { delegationKey: AzureDelegationKey };

const VERSION = '2020-12-06';
/** Azure sets no limit to what an account key signs; a delegation key ends within 7 days. */
export const MAX_SAS_SECONDS = 20 * 365 * 86_400;

const PERMISSIONS: Readonly<Record<PresignedMethod, string>> = {
  GET: 'r',
  HEAD: 'r',
  PUT: 'cw',
  DELETE: 'd',
};
const OVERRIDES = ['rscc', 'rscd', 'rsce', 'rscl', 'rsct'];

interface SasFields {
  permissions: string;
  expiry: string;
  resource: string;
  protocol: string;
  kind: string;
  /** The moment of a snapshot or of a version; empty for the blob as it is. */
  snapshot: string;
  overrides: readonly string[];
}

/**
 * Service and user delegation SAS of one blob; of the container with the key null, for listing it.
 * @see https://learn.microsoft.com/rest/api/storageservices/create-service-sas
 * @see https://learn.microsoft.com/rest/api/storageservices/create-user-delegation-sas
 * @throws {PresignError} for options that cannot make a valid URL
 */
export function createAzurePresigner(options: AzurePlace & AzureKey): Presigner {
  const { account, container } = options;
  const blobUrl = azureBlobUrl(options);
  const protocol = options.endpoint.toLowerCase().startsWith('https:') ? 'https' : '';
  const { write, sign } =
    'accountKey' in options ? byAccount(options.accountKey) : byDelegation(options.delegationKey);
  return (key, { expiresInSeconds, method = 'GET', params = {} }) => {
    checkExpiry(expiresInSeconds, MAX_SAS_SECONDS);
    const { snapshot = '', versionid = '' } = params;
    const fields: SasFields = {
      permissions: key === null ? 'l' : PERMISSIONS[method],
      expiry: isoSeconds(options.now() + expiresInSeconds * 1000),
      // Here the name of the blob is not encoded.
      resource: `/blob/${account}/${container}${key === null ? '' : `/${key}`}`,
      protocol,
      kind: key === null ? 'c' : snapshot !== '' ? 'bs' : versionid !== '' ? 'bv' : 'b',
      snapshot: snapshot || versionid,
      overrides: OVERRIDES.map((name) => params[name] ?? ''),
    };
    const { text, own } = write(fields);
    const sas = Object.entries({
      ...params,
      sv: VERSION,
      ...(protocol !== '' && { spr: protocol }),
      se: fields.expiry,
      sr: fields.kind,
      sp: fields.permissions,
      ...own,
      sig: sign(text),
    });
    return `${blobUrl(key)}?${sas.map(([name, value]) => `${name}=${escapeAll(value)}`).join('&')}`;
  };
}

/** URLs of the blobs of a container without a signature. @throws {PresignError} `bad_endpoint`, `bad_bucket` */
export function azureBlobUrl({ endpoint, container }: AzurePlace): (key: string | null) => string {
  const result = parseUrl(endpoint);
  if (!result.ok || result.parsed.query !== null || result.parsed.fragment !== '') {
    const reason = result.ok ? 'it has a query' : result.problem;
    throw new PresignError(
      'bad_endpoint',
      `The endpoint is not usable (${reason}): give it as in https://account.blob.core.windows.net.`,
    );
  }
  if (!/^(?:[a-z0-9](?:-?[a-z0-9]){2,62}|\$root|\$web)$/.test(container)) {
    throw new PresignError(
      'bad_bucket',
      `Container "${container}": use 3 to 63 of a-z, 0-9 and single "-" between them.`,
    );
  }
  const { scheme, host, path } = result.parsed;
  const root = `${scheme}://${host}${path.replace(/\/$/, '')}/${container}`;
  return (key) => (key === null ? root : `${root}/${escapeKey(key)}`);
}

interface SasKind {
  /** What is signed, and the parameters that this kind has for itself. */
  write: (fields: SasFields) => { text: string; own: Record<string, string> };
  sign: (text: string) => string;
}

function byAccount(accountKey: string): SasKind {
  return {
    write: (sas) => ({
      text: [
        ...[sas.permissions, '', sas.expiry, sas.resource, '', '', sas.protocol, VERSION, sas.kind],
        ...[sas.snapshot, '', ...sas.overrides],
      ].join('\n'),
      own: {},
    }),
    sign: createSigner(accountKey, 'The account key'),
  };
}

function byDelegation(key: AzureDelegationKey): SasKind {
  const own = {
    skoid: key.signedObjectId,
    sktid: key.signedTenantId,
    skt: key.signedStart,
    ske: key.signedExpiry,
    sks: key.signedService,
    skv: key.signedVersion,
  };
  return {
    write: (sas) => {
      if (Date.parse(sas.expiry) > Date.parse(key.signedExpiry)) {
        throw new PresignError(
          'bad_expiry',
          `The delegation key ends at ${key.signedExpiry}: sign for a shorter time, or get a new key.`,
        );
      }
      const text = [
        ...[sas.permissions, '', sas.expiry, sas.resource, ...Object.values(own)],
        // Authorized and unauthorized user, correlation id and address range are not used.
        ...['', '', '', '', sas.protocol, VERSION, sas.kind, sas.snapshot, '', ...sas.overrides],
      ].join('\n');
      return { text, own };
    },
    sign: createSigner(key.value, 'The delegation key'),
  };
}

function createSigner(base64Key: string, name: string): (text: string) => string {
  const key = Buffer.from(base64Key, 'base64');
  if (key.length === 0 || key.toString('base64') !== base64Key) {
    const code = base64Key === '' ? 'no_credentials' : 'bad_credentials';
    throw new PresignError(code, `${name} is not Base64: give it as Azure shows it.`);
  }
  return (text) => createHmac('sha256', key).update(text).digest('base64');
}

/** `2026-03-01T12:00:00Z` */
function isoSeconds(epochMs: number): string {
  return `${new Date(epochMs).toISOString().slice(0, 19)}Z`;
}
