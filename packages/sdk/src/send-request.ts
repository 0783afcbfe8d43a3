import type { Route } from '@latchkey/contract/route';
import { ApiError, apiErrorOfResponse, ConnectionError } from './errors.js';
import { type BinaryBody, isBinaryBody, isReopenableBody, jsonBytes } from './request-body.js';
import { requestTarget } from './request-url.js';
import { originOf } from './response-body.js';
import type { TransportOptions } from './transport-options.js';

/** What a call takes besides its route, whatever the route. */
export interface CallParts {
  readonly params?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
  readonly signal?: AbortSignal | undefined;
  readonly contentType?: string | undefined;
  readonly contentEncoding?: 'gzip' | undefined;
  readonly idempotencyKey?: string | undefined;
}

/** Sends one request and answers what is a success; its body is not read yet. */
export async function sendRequest(
  options: TransportOptions,
  route: Route,
  url: string,
  parts: CallParts,
): Promise<Response> {
  const { method } = route;
  const { signal } = parts;
  const body = bodyOf(parts.body);
  const headers = headersOf(route, parts);
  const request = { method, target: requestTarget(url), body, signal };
  Object.assign(headers, await options.authenticate?.(request));
  const response = await fetchOf(options)(url, {
    method,
    headers,
    credentials: 'same-origin',
    ...(signal && { signal }),
    ...initOf(body),
  }).catch((error: unknown) => {
    if (signal?.aborted) throw signal.reason;
    throw new ConnectionError(originOf(url), error);
  });
  if (!response.ok) throw await apiErrorOfResponse(response);
  return response;
}

/** The answer as the route has it: JSON, or undefined. */
export async function resultOf(
  route: Route,
  response: Response,
  signal: AbortSignal | undefined,
): Promise<unknown> {
  if (!route.schemas.response) {
    await response.body?.cancel();
    return undefined;
  }
  const text = await response.text().catch((error: unknown) => {
    if (signal?.aborted) throw signal.reason;
    throw new ConnectionError(originOf(response.url), error);
  });
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw new ApiError({
      status: response.status,
      code: 'unexpected_response',
      message: 'The server answered something that is not JSON.',
      hint: 'Check that the address is the one of a Latchkey server.',
      cause,
    });
  }
}

const fetchOf = (options: TransportOptions) => options.fetch ?? globalThis.fetch.bind(globalThis);

function bodyOf(body: unknown): BinaryBody | undefined {
  if (body === undefined) return undefined;
  return isBinaryBody(body) ? body : jsonBytes(body);
}

function headersOf(route: Route, parts: CallParts): Record<string, string> {
  const headers: Record<string, string> = { accept: route.produces ?? 'application/json' };
  // A browser sends this header to another origin only after asking it: what no foreign page can forge.
  if (route.method !== 'GET') headers['x-requested-with'] = 'latchkey';
  if (parts.body !== undefined) headers['content-type'] = contentTypeOf(route, parts);
  if (parts.contentEncoding) headers['content-encoding'] = parts.contentEncoding;
  if (parts.idempotencyKey !== undefined) headers['idempotency-key'] = parts.idempotencyKey;
  return headers;
}

function contentTypeOf(route: Route, parts: CallParts): string {
  const allowed = route.streamedBody ?? [];
  if (parts.contentType) return parts.contentType;
  if (parts.body instanceof Blob && allowed.includes(parts.body.type)) return parts.body.type;
  return allowed[0] ?? 'application/json';
}

/** `duplex` is required by the Fetch standard where the body is a stream. */
function initOf(body: BinaryBody | undefined): RequestInit & { duplex?: 'half' } {
  if (body === undefined) return {};
  const raw = isReopenableBody(body) ? body.open() : body;
  return raw instanceof ReadableStream
    ? { body: raw, duplex: 'half' }
    : { body: raw as NonNullable<RequestInit['body']> };
}
