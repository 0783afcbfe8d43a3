import type { ErrorBody } from '@latchkey/contract/schemas/common';

export interface ApiErrorFields {
  /** HTTP status; 0 when there was no answer. */
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly hint?: string | undefined;
  readonly details?: Readonly<Record<string, unknown>> | undefined;
  readonly requestId?: string | undefined;
  readonly retryAfterSeconds?: number | undefined;
  readonly cause?: unknown;
}

/**
 * A call that did not succeed. `code` is stable: it is one of the catalogue in `@latchkey/contract/errors`, or
 * `connection_failed` (no answer) or `unexpected_response` (an answer that is not Latchkey's).
 */
export class ApiError extends Error {
  override readonly name: string = 'ApiError';
  readonly status: number;
  readonly code: string;
  readonly hint: string | undefined;
  readonly details: Readonly<Record<string, unknown>> | undefined;
  readonly requestId: string | undefined;
  /** From the `Retry-After` header of the answer. */
  readonly retryAfterSeconds: number | undefined;

  constructor(fields: ApiErrorFields) {
    super(fields.message, fields.cause === undefined ? undefined : { cause: fields.cause });
    this.status = fields.status;
    this.code = fields.code;
    this.hint = fields.hint;
    this.details = fields.details;
    this.requestId = fields.requestId;
    this.retryAfterSeconds = fields.retryAfterSeconds;
  }
}

/** 400: the request does not have the form that the call takes. */
export class InvalidArgumentsError extends ApiError {
  override readonly name = 'InvalidArgumentsError';
}
/** 401: not signed in, or the key, token or signature is not accepted. */
export class AuthenticationError extends ApiError {
  override readonly name = 'AuthenticationError';
}
/** 403: you may not do this; also what a folder or item answers that does not exist or is not shared with you. */
export class AuthorisationError extends ApiError {
  override readonly name = 'AuthorisationError';
}
/** 404: there is no such thing. */
export class ResourceNotFoundError extends ApiError {
  override readonly name = 'ResourceNotFoundError';
}
/** 409: the call contradicts what is there. */
export class ConflictError extends ApiError {
  override readonly name = 'ConflictError';
}
/** 413: the body is larger than allowed. */
export class PayloadTooLargeError extends ApiError {
  override readonly name = 'PayloadTooLargeError';
}
/** 429: too many requests; `retryAfterSeconds` says how long to wait. */
export class RateLimitError extends ApiError {
  override readonly name = 'RateLimitError';
}
/** 5xx: a fault of the server or of a proxy before it. */
export class ServerError extends ApiError {
  override readonly name = 'ServerError';
}
/** No answer: nobody listens at the address, the name does not resolve, or the connection broke. `status` is 0. */
export class ConnectionError extends ApiError {
  override readonly name = 'ConnectionError';

  /** `origin` null: that of the page. */
  constructor(origin: string | null, cause: unknown) {
    super({
      status: 0,
      code: 'connection_failed',
      message: `The server${origin === null ? '' : ` at ${origin}`} could not be reached.`,
      hint: `Check ${origin === null ? 'your connection' : 'the address'} and that the server runs.`,
      cause,
    });
  }
}

const classes: Readonly<Record<number, new (fields: ApiErrorFields) => ApiError>> = {
  400: InvalidArgumentsError,
  401: AuthenticationError,
  403: AuthorisationError,
  404: ResourceNotFoundError,
  409: ConflictError,
  413: PayloadTooLargeError,
  429: RateLimitError,
};

export function apiErrorOf(fields: ApiErrorFields): ApiError {
  const Class = classes[fields.status] ?? (fields.status >= 500 ? ServerError : ApiError);
  return new Class(fields);
}

/** Reads the error out of an answer that is not a success. */
export async function apiErrorOfResponse(response: Response): Promise<ApiError> {
  const body = errorBodyOf(await response.text().catch(() => ''));
  const requestId = body?.requestId ?? response.headers.get('x-request-id') ?? undefined;
  const retryAfterSeconds = retryAfterOf(response);
  if (body) return apiErrorOf({ ...body, status: response.status, requestId, retryAfterSeconds });
  return apiErrorOf({
    status: response.status,
    code: 'unexpected_response',
    message: `The server answered ${response.status} ${response.statusText}`.trimEnd().concat('.'),
    hint: 'Check that the address is the one of a Latchkey server.',
    requestId,
    retryAfterSeconds,
  });
}

function errorBodyOf(text: string): ErrorBody | undefined {
  try {
    const value = JSON.parse(text) as Partial<ErrorBody> | null;
    return typeof value?.message === 'string' && typeof value.code === 'string'
      ? (value as ErrorBody)
      : undefined;
  } catch {
    return undefined;
  }
}

/** `Retry-After` in its form of seconds; the form of a date is not used by the server. */
function retryAfterOf(response: Response): number | undefined {
  const value = response.headers.get('retry-after');
  return value !== null && /^\d+$/.test(value) ? Number(value) : undefined;
}
