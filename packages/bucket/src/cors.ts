import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import { S3Error } from './s3-error.js';

/** Origins as browsers send them (`https://app.example.com`), or every origin. */
export type AllowedOrigins = readonly string[] | 'any';

const METHODS = ['GET', 'HEAD'];
const EXPOSED = 'Content-Range, Content-Length, Accept-Ranges, ETag, Content-Type';
const PREFLIGHT_SECONDS = '600';

/** For every answer, errors too, so that a page may read why it was refused. */
export function corsHeaders(request: IncomingMessage, allowed: AllowedOrigins): OutgoingHttpHeaders {
  const { origin } = request.headers;
  const vary = { Vary: 'Origin' };
  if (origin === undefined || !isAllowed(origin, allowed)) return vary;
  return {
    ...vary,
    'Access-Control-Allow-Origin': allowed === 'any' ? '*' : origin,
    'Access-Control-Expose-Headers': EXPOSED,
  };
}

/** @throws {S3Error} for an origin or a method that no rule allows */
export function preflightHeaders(request: IncomingMessage, allowed: AllowedOrigins): OutgoingHttpHeaders {
  const { origin } = request.headers;
  const method = request.headers['access-control-request-method'];
  if (origin === undefined || method === undefined) {
    throw new S3Error(
      400,
      'BadRequest',
      'Insufficient information. Origin and Access-Control-Request-Method headers are needed.',
    );
  }
  if (!isAllowed(origin, allowed) || !METHODS.includes(method)) {
    throw new S3Error(403, 'AccessForbidden', 'CORSResponse: This CORS request is not allowed.');
  }
  const requestedHeaders = request.headers['access-control-request-headers'];
  return {
    ...corsHeaders(request, allowed),
    Vary: 'Origin, Access-Control-Request-Headers, Access-Control-Request-Method',
    'Access-Control-Allow-Methods': METHODS.join(', '),
    'Access-Control-Max-Age': PREFLIGHT_SECONDS,
    ...(requestedHeaders !== undefined && { 'Access-Control-Allow-Headers': requestedHeaders }),
  };
}

function isAllowed(origin: string, allowed: AllowedOrigins): boolean {
  return allowed === 'any' || allowed.includes(origin);
}
