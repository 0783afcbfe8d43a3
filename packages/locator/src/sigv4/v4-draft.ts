import { createHash } from 'node:crypto';
import { escapeAll } from '../normalize.js';
import type { BucketAddress } from '../presign/bucket-address.js';
import { checkExpiry, MAX_V4_SECONDS } from '../presign/presign-error.js';
import type { PresignRequest } from '../presign/presigner.js';

/** What tells the V4 signature of one provider from that of another. */
export interface V4Scheme {
  algorithm: 'AWS4-HMAC-SHA256' | 'GOOG4-HMAC-SHA256' | 'GOOG4-RSA-SHA256';
  prefix: 'X-Amz-' | 'X-Goog-';
  /** Who signs: an access key id, or the address of a service account. */
  signer: string;
  /** What the scope has behind the day. */
  scopeEnd: readonly string[];
  sessionToken?: string | undefined;
}

/** A URL that lacks its signature only. */
export interface V4Draft {
  url: string;
  /** `20260301` */
  day: string;
  stringToSign: string;
}

/**
 * Query V4 with an unsigned payload, as AWS and Google define it alike.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
 * @see https://cloud.google.com/storage/docs/authentication/canonical-requests
 * @param now epoch milliseconds
 * @throws {PresignError} `bad_key`, `bad_expiry`
 */
export function draftV4(
  scheme: V4Scheme,
  address: BucketAddress,
  key: string | null,
  { expiresInSeconds, method = 'GET', params }: PresignRequest,
  now: number,
): V4Draft {
  checkExpiry(expiresInSeconds, MAX_V4_SECONDS);
  const path = address.pathOf(key);
  const time = formatTime(now);
  const day = time.slice(0, 8);
  const scope = [day, ...scheme.scopeEnd].join('/');
  const own = signingParams(scheme, scope, time, expiresInSeconds);
  const query = (params === undefined ? own : withParams(own, params)).join('&');
  const request = `${method}\n${path}\n${query}\nhost:${address.host}\n\nhost\nUNSIGNED-PAYLOAD`;
  const digest = createHash('sha256').update(request).digest('hex');
  return {
    url: `${address.origin}${path}?${query}`,
    day,
    stringToSign: `${scheme.algorithm}\n${time}\n${scope}\n${digest}`,
  };
}

/** @param signature in hex */
export function finishV4(scheme: V4Scheme, draft: V4Draft, signature: string): string {
  return `${draft.url}&${scheme.prefix}Signature=${signature}`;
}

/** In the order of their names, as the canonical request wants them. */
function signingParams(scheme: V4Scheme, scope: string, time: string, expiresInSeconds: number): string[] {
  const { algorithm, prefix, signer, sessionToken } = scheme;
  const token = sessionToken === undefined ? [] : [`${prefix}Security-Token=${escapeAll(sessionToken)}`];
  return [
    `${prefix}Algorithm=${algorithm}`,
    `${prefix}Credential=${escapeAll(`${signer}/${scope}`)}`,
    `${prefix}Date=${time}`,
    `${prefix}Expires=${expiresInSeconds}`,
    ...token,
    `${prefix}SignedHeaders=host`,
  ];
}

/** Sorted by the bytes of the encoded names, of which `list` comes before `list-type`. */
function withParams(own: readonly string[], params: Readonly<Record<string, string>>): string[] {
  const given = Object.entries(params).map(([name, value]) => `${escapeAll(name)}=${escapeAll(value)}`);
  return [...own, ...given].sort(byName);
}

function byName(a: string, b: string): number {
  const [nameA, nameB] = [a.slice(0, a.indexOf('=')), b.slice(0, b.indexOf('='))];
  return nameA < nameB ? -1 : Number(nameA > nameB);
}

/** `20260301T120000Z` */
export function formatTime(epochMs: number): string {
  return `${new Date(epochMs).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;
}
