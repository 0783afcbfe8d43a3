import { type ErrorCode, errorCatalogue, LatchkeyError } from '@latchkey/contract/errors';
import type { FastifyError, FastifyInstance, FastifyRequest } from 'fastify';

/** The one place where errors become HTTP. */
export function registerErrors(app: FastifyInstance): void {
  app.setErrorHandler((error, request, reply) => {
    const known = toLatchkeyError(error, request);
    const entry = errorCatalogue[known.code];
    const status = entry.status ?? 500;
    if (status >= 500) request.log.error({ err: error, code: known.code }, 'request failed');
    else request.log.info({ code: known.code }, 'request refused');
    if (known.code === 'body_too_large' || known.code === 'body_incomplete')
      void reply.header('connection', 'close');
    return reply.status(status).send({
      message: known.message,
      code: known.code,
      hint: entry.hint,
      requestId: request.id,
      ...(known.details ? { details: known.details } : {}),
    });
  });
  app.setNotFoundHandler((request) => {
    throw new LatchkeyError(
      'route_not_found',
      `There is nothing at ${request.method} ${pathOf(request)}. The API is described at /docs.`,
    );
  });
}

const pathOf = (request: FastifyRequest): string => (request.raw.url ?? '').split('?')[0] ?? '';

const frameworkCodes: Readonly<Record<string, ErrorCode>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'body_too_large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported_media_type',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'body_incomplete',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'invalid_request',
};

function toLatchkeyError(error: unknown, request: FastifyRequest): LatchkeyError {
  if (error instanceof LatchkeyError) return error;
  const { validation, validationContext, code, statusCode } = error as Partial<FastifyError>;
  if (validation) return invalidRequest(validation, validationContext ?? 'body');
  const known = code === undefined ? undefined : frameworkCodes[code];
  if (known) return new LatchkeyError(known, undefined, { cause: error });
  if (request.raw.destroyed && !request.raw.complete)
    return new LatchkeyError('body_incomplete', undefined, { cause: error });
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500)
    return new LatchkeyError('invalid_request', undefined, { cause: error });
  return new LatchkeyError('internal_error', undefined, { cause: error });
}

function invalidRequest(validation: NonNullable<FastifyError['validation']>, place: string): LatchkeyError {
  const [first] = validation;
  const params = first?.params as Record<string, unknown> | undefined;
  const field = `${first?.instancePath ?? ''}`.replaceAll('/', '.').replace(/^\./, '');
  const extra = params?.['additionalProperty'] ?? params?.['missingProperty'];
  const name = [field, extra].filter((part) => typeof part === 'string' && part !== '').join('.');
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
