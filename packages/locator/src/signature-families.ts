import type { ParsedUrl } from './parse-url.js';
import type { Query } from './query.js';
import {
  akamaiValidity,
  cosValidity,
  expiresAtEpoch,
  jwtValidity,
  policyValidity,
  sasValidity,
  signedForSeconds,
  UNKNOWN,
  type Validity,
} from './validity.js';

/** One way of making a URL authorize whoever holds it. Names of parameters are in lower case. */
export interface SignatureFamily {
  name: string;
  /**
   * All must be present, or the URL is not signed this way: a lone `Expires` or `token` is data. The first one tells
   * the family from those that share the others (`Expires` and `Signature` occur in six).
   */
  needs: readonly string[];
  /** What else belongs to the signature when there is one. */
  also: ReadonlySet<string>;
  alsoPrefix?: string;
  onlyAt?: (url: ParsedUrl) => boolean;
  /** The path that the same object has without this signature. */
  unsignedPath?: (path: string) => string;
  /** The path itself holds the secret. */
  secretInPath?: true;
  validity: (query: Query) => Validity;
}

const NOTHING: ReadonlySet<string> = new Set();
const names = (list: string): ReadonlySet<string> => new Set(list.split(' '));
const hostIs = (pattern: RegExp) => (url: ParsedUrl) => pattern.test(url.host);
const unknown = (): Validity => UNKNOWN;

const PAR_PATH = /^\/p\/[^/]+(?=\/n\/)/;
const PAR_HOST = /(?:^|\.)objectstorage\.[a-z0-9-]+\.(?:oraclecloud\.com|oci\.customer-oci\.com)$/;
const DRIVE_HOST = /^(?:drive|docs|drive\.usercontent)\.google\.com$/;
const ONEDRIVE_HOST = /^(?:onedrive\.live\.com|1drv\.ms|api\.onedrive\.com|.+\.sharepoint\.com)$/;
const SUPABASE_SIGNED = /\/(object|render\/image)\/sign\//;
const plainExpires = expiresAtEpoch([]);

/** Oracle pre-authenticated request: the token is a path segment and its expiry is not shown. */
const ORACLE_PAR: SignatureFamily = {
  name: 'oci-par',
  needs: [],
  also: NOTHING,
  onlyAt: (url) => PAR_HOST.test(url.host) && PAR_PATH.test(url.path),
  unsignedPath: (path) => path.replace(PAR_PATH, ''),
  secretInPath: true,
  validity: unknown,
};

/** In order of precedence for a URL that carries several. */
const FAMILIES: readonly SignatureFamily[] = [
  {
    name: 'sigv4',
    needs: ['x-amz-signature', 'x-amz-credential'],
    also: names('x-id'),
    alsoPrefix: 'x-amz-',
    validity: signedForSeconds('x-amz-', 'x-amz-security-token'),
  },
  {
    name: 'goog4',
    needs: ['x-goog-signature', 'x-goog-credential'],
    also: NOTHING,
    alsoPrefix: 'x-goog-',
    validity: signedForSeconds('x-goog-', 'x-goog-security-token'),
  },
  {
    name: 'sas',
    needs: ['sig', 'sv'],
    also: names('ss srt sr st se sp sip spr si sdd skoid sktid skt ske sks skv skdutid saoid suoid scid ses'),
    validity: sasValidity,
  },
  {
    name: 'sigv2',
    needs: ['awsaccesskeyid', 'signature', 'expires'],
    also: names('x-amz-security-token x-obs-security-token'),
    validity: expiresAtEpoch(['x-amz-security-token', 'x-obs-security-token']),
  },
  { name: 'goog2', needs: ['googleaccessid', 'signature', 'expires'], also: NOTHING, validity: plainExpires },
  {
    name: 'obs',
    needs: ['accesskeyid', 'signature', 'expires'],
    also: names('x-obs-security-token'),
    validity: expiresAtEpoch(['x-obs-security-token']),
  },
  {
    name: 'oss1',
    needs: ['ossaccesskeyid', 'signature', 'expires'],
    also: names('security-token'),
    validity: expiresAtEpoch(['security-token']),
  },
  {
    name: 'oss4',
    needs: ['x-oss-signature', 'x-oss-credential'],
    // Not by prefix: x-oss-process chooses what is served.
    also: names(
      'x-oss-date x-oss-expires x-oss-signature-version x-oss-additional-headers x-oss-security-token security-token',
    ),
    validity: signedForSeconds('x-oss-', 'x-oss-security-token'),
  },
  {
    name: 'cos',
    needs: ['q-signature', 'q-sign-time'],
    also: names('q-sign-algorithm q-ak q-key-time q-header-list q-url-param-list x-cos-security-token'),
    validity: cosValidity,
  },
  {
    name: 'cf-custom',
    needs: ['key-pair-id', 'signature', 'policy'],
    also: names('hash-algorithm expires'),
    validity: policyValidity,
  },
  {
    name: 'cf-canned',
    needs: ['key-pair-id', 'signature', 'expires'],
    also: names('hash-algorithm'),
    validity: plainExpires,
  },
  {
    name: 'cdn',
    needs: ['keyname', 'signature', 'expires'],
    also: names('urlprefix'),
    validity: plainExpires,
  },
  { name: 'akamai', needs: ['hdnts'], also: names('hdnea'), validity: akamaiValidity },
  { name: 'akamai', needs: ['hdnea'], also: NOTHING, validity: akamaiValidity },
  {
    name: 'supabase-jwt',
    needs: ['token'],
    also: NOTHING,
    onlyAt: (url) => SUPABASE_SIGNED.test(url.path) && url.path.includes('/storage/v1/'),
    unsignedPath: (path) => path.replace(SUPABASE_SIGNED, '/$1/'),
    validity: jwtValidity,
  },
  {
    name: 'firebase-token',
    needs: ['token'],
    also: NOTHING,
    onlyAt: hostIs(/^firebasestorage\.googleapis\.com$/),
    validity: unknown,
  },
  {
    name: 'b2-token',
    needs: ['authorization'],
    also: NOTHING,
    onlyAt: hostIs(/^f\d+\.backblazeb2\.com$/),
    validity: unknown,
  },
  {
    name: 'dropbox',
    needs: ['rlkey'],
    also: names('st'),
    onlyAt: hostIs(/(?:^|\.)dropbox(?:usercontent)?\.com$/),
    validity: unknown,
  },
  { name: 'gdrive', needs: ['resourcekey'], also: NOTHING, onlyAt: hostIs(DRIVE_HOST), validity: unknown },
  {
    name: 'onedrive',
    needs: ['tempauth'],
    also: names('authkey'),
    onlyAt: hostIs(ONEDRIVE_HOST),
    validity: unknown,
  },
  { name: 'onedrive', needs: ['authkey'], also: NOTHING, onlyAt: hostIs(ONEDRIVE_HOST), validity: unknown },
];

const BY_FIRST_NEED: ReadonlyMap<string, readonly SignatureFamily[]> = new Map(
  FAMILIES.map(({ needs: [first = ''] }) => [first, FAMILIES.filter((family) => family.needs[0] === first)]),
);
const RANK: ReadonlyMap<SignatureFamily, number> = new Map(FAMILIES.map((family, index) => [family, index]));

/** The families that the URL carries whole, in order of precedence; a parameter counts for the first that it fits. */
export function findSignatureFamilies(url: ParsedUrl, query: Query): readonly SignatureFamily[] {
  const found: SignatureFamily[] = [];
  if (url.path.startsWith('/p/') && ORACLE_PAR.onlyAt?.(url)) found.push(ORACLE_PAR);
  for (const name of query.values.keys()) {
    const family = BY_FIRST_NEED.get(name)?.find((candidate) => isPresent(candidate, url, query));
    if (family !== undefined) found.push(family);
  }
  return found.length < 2 ? found : withoutRivals(found.sort((a, b) => rank(a) - rank(b)));
}

function withoutRivals(families: readonly SignatureFamily[]): SignatureFamily[] {
  const own: SignatureFamily[] = [];
  for (const family of families) {
    if (!family.needs.some((need) => belongsTo(own, need))) own.push(family);
  }
  return own;
}

export function belongsTo(families: readonly SignatureFamily[], param: string): boolean {
  for (const { alsoPrefix, also, needs } of families) {
    if (alsoPrefix !== undefined && param.startsWith(alsoPrefix)) return true;
    if (also.has(param) || needs.includes(param)) return true;
  }
  return false;
}

function isPresent(family: SignatureFamily, url: ParsedUrl, query: Query): boolean {
  return family.needs.every((need) => query.values.has(need)) && (family.onlyAt?.(url) ?? true);
}

/** Oracle's token stands in the path and goes with any other. */
function rank(family: SignatureFamily): number {
  return RANK.get(family) ?? -1;
}
