import type { IncomingHttpHeaders } from 'node:http';

/** Origins as browsers send them (`https://app.example.com`), or every origin. */
export type AllowedOrigins = readonly string[] | 'any';

const EXPOSED =
  'Accept-Ranges, Age, Cache-Control, Content-Disposition, Content-Encoding, Content-Length, Content-Range, Content-Type, ETag, Last-Modified, X-Cache-Hit';
const REQUEST_HEADERS =
  'Range, If-Match, If-None-Match, If-Modified-Since, If-Range, If-Unmodified-Since, X-Bypass-Cache';
const PREFLIGHT_SECONDS = '600';

/**
 * For every answer, refusals too, so that a page may read why. They depend on the request alone and are never part of
 * a cached copy.
 */
export function corsHeaders(headers: IncomingHttpHeaders, allowed: AllowedOrigins): string[] {
  if (allowed === 'any')
    return ['Access-Control-Allow-Origin', '*', 'Access-Control-Expose-Headers', EXPOSED];
  if (allowed.length === 0) return [];
  const { origin } = headers;
  if (origin === undefined || !allowed.includes(origin)) return ['Vary', 'Origin'];
  return ['Vary', 'Origin', 'Access-Control-Allow-Origin', origin, 'Access-Control-Expose-Headers', EXPOSED];
}

/** Of the answer to an OPTIONS request; without a permission for an origin that is not allowed. */
export function preflightHeaders(headers: IncomingHttpHeaders, allowed: AllowedOrigins): string[] {
  const { origin } = headers;
  const isAllowed = origin !== undefined && (allowed === 'any' || allowed.includes(origin));
  if (!isAllowed || headers['access-control-request-method'] === undefined) {
    return [...corsHeaders(headers, allowed), 'Allow', 'GET, HEAD, OPTIONS'];
  }
  return [
    ...corsHeaders(headers, allowed),
    'Access-Control-Allow-Methods',
    'GET, HEAD',
    'Access-Control-Allow-Headers',
    REQUEST_HEADERS,
    'Access-Control-Max-Age',
    PREFLIGHT_SECONDS,
    // A page of the internet that loads from a gateway in a private network.
    ...(headers['access-control-request-private-network'] === 'true'
      ? ['Access-Control-Allow-Private-Network', 'true']
      : []),
  ];
}
