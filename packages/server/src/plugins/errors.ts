import type { Socket } from 'node:net';
import { type ErrorCode, errorCatalogue, LatchkeyError } from '@latchkey/contract/errors';
import { DatabaseError } from '@latchkey/db/engine/errors';
import { splitSecret } from '@latchkey/locator/split-secret';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/** The one place where errors become HTTP. */
export function registerErrors(app: FastifyInstance): void {
  app.setErrorHandler(sendError);
  app.setNotFoundHandler((request) => {
    throw new LatchkeyError(
      'route_not_found',
      `There is nothing at ${request.method} ${pathOf(request)}. The API is described at /docs.`,
    );
  });
}

export function sendError(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const known = toLatchkeyError(error, request);
  const entry = errorCatalogue[known.code];
  const status = entry.status ?? 500;
  if (status >= 500) request.log.error({ err: error, code: known.code }, 'request failed');
  else request.log.info({ code: known.code }, 'request refused');
  void reply.headers(headersOf(known));
  void reply.status(status).send({
    message: known.message,
    code: known.code,
    hint: entry.hint,
    requestId: request.id,
    ...(known.details ? { details: known.details } : {}),
  });
}

function headersOf({ code, details }: LatchkeyError): Record<string, string> {
  switch (code) {
    case 'body_too_large':
    case 'body_incomplete':
    case 'spool_full':
      // The rest of the body is not read.
      return { connection: 'close' };
    case 'spool_unavailable':
    case 'database_unavailable':
      return { connection: 'close', 'retry-after': '5' };
    case 'too_many_attempts':
    case 'too_many_requests':
      return { 'retry-after': String(details?.['retryAfterSeconds']) };
    case 'method_not_allowed':
      return { allow: String(details?.['allowed']) };
    default:
      return {};
  }
}

/** Answers what is not HTTP, or has headers over Node's limit: there is no request that the app could see. */
export function answerBadMessage(error: Error & { code?: string }, socket: Socket): void {
  const isTooLong = error.code === 'HPE_HEADER_OVERFLOW';
  const status = isTooLong ? '431 Request Header Fields Too Large' : '400 Bad Request';
  const body = JSON.stringify({
    message: isTooLong
      ? 'The address and the headers of the request are longer than allowed. Shorten them.'
      : 'The request is not valid HTTP/1.1.',
    code: 'invalid_request' satisfies ErrorCode,
  });
  if (error.code !== 'ECONNRESET' && socket.writable)
    socket.write(
      `HTTP/1.1 ${status}\r\nContent-Length: ${Buffer.byteLength(body)}\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n${body}`,
    );
  socket.destroySoon();
}

const pathOf = (request: FastifyRequest): string => (request.raw.url ?? '').split('?')[0] ?? '';

const frameworkCodes: Readonly<Record<string, ErrorCode>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'body_too_large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported_media_type',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'body_incomplete',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'invalid_request',
};

const addressProblems: Readonly<Record<string, string>> = {
  FST_ERR_BAD_URL: 'The path of the request has a "%" that is not the start of an encoded UTF-8 character.',
  FST_ERR_MAX_PARAM_LENGTH: 'A part of the path is longer than any that the API takes.',
};

function toLatchkeyError(error: unknown, request: FastifyRequest): LatchkeyError {
  if (error instanceof LatchkeyError) return error;
  if (error instanceof DatabaseError && error.code === 'unavailable')
    return new LatchkeyError('database_unavailable', undefined, { cause: error });
  const { validation, validationContext, code, statusCode } = error as Partial<FastifyError>;
  if (validation) return invalidRequest(validation, validationContext ?? 'body');
  const address = code === undefined ? undefined : addressProblems[code];
  if (address) return new LatchkeyError('invalid_request', address, { cause: error });
  const known = code === undefined ? undefined : frameworkCodes[code];
  if (known) return new LatchkeyError(known, undefined, { cause: error });
  if (request.raw.destroyed && !request.raw.complete)
    return new LatchkeyError('body_incomplete', undefined, { cause: error });
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500)
    return new LatchkeyError('invalid_request', undefined, { cause: error });
  return new LatchkeyError('internal_error', undefined, { cause: error });
}

/** A name that is a signed URL in the wrong place, without its signature. */
function toShown(name: string): string {
  const { head, tail } = splitSecret(name);
  return tail === null ? head : `${head}…`;
}

function invalidRequest(validation: NonNullable<FastifyError['validation']>, context: string): LatchkeyError {
  const place = context === 'querystring' ? 'query' : context;
  const [first] = validation;
  const params = first?.params as Record<string, unknown> | undefined;
  const field = `${first?.instancePath ?? ''}`.replaceAll('/', '.').replace(/^\./, '');
  const extra = params?.['additionalProperty'] ?? params?.['missingProperty'];
  const name = [field, extra]
    .filter((part) => typeof part === 'string' && part !== '')
    .map((part) => toShown(String(part)))
    .join('.');
  const allowed = Array.isArray(params?.['allowedValues']) ? `: ${params['allowedValues'].join(', ')}` : '';
  const what =
    first?.keyword === 'additionalProperties'
      ? 'is not a field of this request'
      : (first?.message ?? 'is not valid');
  return new LatchkeyError(
    'invalid_request',
    `${place}${name ? ` field "${name}"` : ''} ${what}${allowed}.`,
    { details: { place, field: name } },
  );
}
