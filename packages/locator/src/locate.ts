import type { GatewayRules } from './gateways.js';
import { normalizeParam } from './normalize.js';
import { isStoreScheme, type ParsedUrl, parseObjectUrl, type UrlProblem } from './parse-url.js';
import { nameObject, type ObjectName } from './providers.js';
import { decodeOrKeep, parseQuery, type Query } from './query.js';
import { isSecretName } from './secret-names.js';
import { belongsTo, findSignatureFamilies, type SignatureFamily } from './signature-families.js';
import { secretStart } from './split-secret.js';
import { firstToDie, MALFORMED, type Validity } from './validity.js';

export interface UrlSignature extends Validity {
  /** For example `sigv4`, `goog4`, `sas`, `cf-canned`, `oci-par`, `dropbox`. Of several signatures, one. */
  family: string;
}

export interface LocatedUrl {
  /** The same for every signed, path-style or virtual-hosted URL of one object. */
  identity: string;
  /**
   * The identity contains what grants access, because the object cannot be told without it (Dropbox `rlkey`) or
   * because the service is unknown (`token`). Such an identity is to be kept as the object URL is.
   */
  identityHoldsSecret: boolean;
  /** For example `s3`, `gcs`, `azure`, `obs`; `web` for any other host. */
  provider: string;
  /** Lower case, with the port unless it is the default of the scheme; empty where `needsSigner`. */
  host: string;
  /** `scheme://host`, as browsers write it; empty where `needsSigner`. */
  origin: string;
  /** `s3://`, `gs://` or `az://`: names the object and opens nothing. */
  needsSigner: boolean;
  signature: UrlSignature | null;
  /** A gateway of the integration serves it: without a signature it never expires. */
  servedByGateway: boolean;
  /** Where the secrets of the object URL begin, for `splitAt`; below 0 if it holds none. */
  secretStart: number;
  defaultTitle: string;
}

export type LocateResult = { ok: true; url: LocatedUrl } | { ok: false; problem: UrlProblem };

/** Presentation overrides of S3 and its clones: how the object is served, not which. */
const RESPONSE_OVERRIDE =
  /^response-(?:content-(?:type|disposition|encoding|language)|cache-control|expires)$/;
const SAS_OVERRIDE = /^rsc[cdelt]$/;

/**
 * Reads what an object URL says about its object and its signature. Changes, resolves and fetches nothing. `gateways`:
 * of the integration that the URL belongs to; what they map has the identity of the object in its bucket.
 */
export function locate(objectUrl: string, gateways?: GatewayRules): LocateResult {
  const result = parseObjectUrl(objectUrl);
  if (!result.ok) return result;
  const { parsed } = result;
  const query = parseQuery(parsed.query);
  const families = findSignatureFamilies(parsed, query);
  const path = families.reduce((path, { unsignedPath }) => unsignedPath?.(path) ?? path, parsed.path);
  const needsSigner = isStoreScheme(parsed.scheme);
  const gateway = needsSigner ? null : (gateways?.find(parsed.host, path) ?? null);
  const object = gateway?.(path) ?? nameObject(parsed.scheme, parsed.host, path, query);
  const kept = identityParams(query, families, object);
  return {
    ok: true,
    url: {
      identity: writeIdentity(object, kept),
      identityHoldsSecret: kept.some(({ name }) => isSecretName(name)),
      provider: object.provider,
      host: needsSigner ? '' : parsed.host,
      origin: needsSigner ? '' : `${parsed.scheme}://${parsed.host}`,
      needsSigner,
      signature: readSignature(families, query),
      servedByGateway: gateway !== null,
      secretStart: secretStart(objectUrl, parsed, query, families),
      defaultTitle: titleOf(parsed, path),
    },
  };
}

/** Tells the family's parameters that the object needs (Dropbox `rlkey`) from those that merely sign. */
const NEEDED_BY_OBJECT: ReadonlySet<string> = new Set(['rlkey', 'resourcekey', 'authkey']);

function identityParams(
  query: Query,
  families: readonly SignatureFamily[],
  object: ObjectName,
): Query['params'] {
  const hasSas = families.some(({ name }) => name === 'sas');
  return query.params.filter(({ raw, name }) => {
    if (raw === '' || object.drops.has(name)) return false;
    if (belongsTo(families, name) && !NEEDED_BY_OBJECT.has(name)) return false;
    return !RESPONSE_OVERRIDE.test(name) && !(hasSas && SAS_OVERRIDE.test(name));
  });
}

function writeIdentity(object: ObjectName, params: Query['params']): string {
  if (params.length === 0) return object.base;
  // Stable: values of one name keep their order.
  const sorted =
    params.length === 1
      ? params
      : params.toSorted((a, b) => (a.name < b.name ? -1 : Number(a.name > b.name)));
  return `${object.base}?${sorted.map(({ raw }) => normalizeParam(raw)).join('&')}`;
}

/** A URL with several signatures is dead as soon as one of them is. */
function readSignature(families: readonly SignatureFamily[], query: Query): UrlSignature | null {
  const [family] = families;
  if (family === undefined) return null;
  for (const name of query.repeated) {
    if (belongsTo(families, name)) return { family: family.name, ...MALFORMED };
  }
  const validity =
    families.length === 1 ? family.validity(query) : firstToDie(families.map((each) => each.validity(query)));
  return { family: family.name, ...validity };
}

/** The path, readable, without what signs it; the host for a URL without one. */
function titleOf(parsed: ParsedUrl, path: string): string {
  return decodeOrKeep(path.slice(1)) || parsed.host;
}
