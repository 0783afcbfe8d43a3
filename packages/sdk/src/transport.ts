import type { BodyOf, ParamsOf, QueryOf, ResponseOf, Route } from '@latchkey/contract/route';
import { ApiError, apiErrorOfResponse, ConnectionError } from './errors.js';
import { type BinaryBody, isBinaryBody, isReopenableBody, jsonBytes } from './request-body.js';
import { requestPath, requestTarget } from './request-url.js';
import { type RetryPolicy, withRetries } from './retry.js';

export interface RequestToAuthenticate {
  readonly method: string;
  /** Path with query, as it goes over the wire. */
  readonly target: string;
  readonly body: BinaryBody | undefined;
  readonly signal: AbortSignal | undefined;
}

export interface TransportOptions {
  /** Address of the server, with or without a trailing slash; empty: the origin of the page. */
  readonly baseUrl: string;
  /** Headers that authenticate a request. In a browser the session cookie does, so it is left out. */
  readonly authenticate?: (request: RequestToAuthenticate) => Promise<Record<string, string>>;
  readonly fetch?: typeof fetch;
  readonly retry?: Partial<RetryPolicy>;
}

/** An optional part may be given as undefined. */
type UndefinedAllowed<T> = {
  [K in keyof T]: Partial<Pick<T, K>> extends Pick<T, K> ? T[K] | undefined : T[K];
};
type ParamsPart<P> = [P] extends [undefined] ? { params?: undefined } : { params: P };
type QueryPart<Q> = [Q] extends [undefined]
  ? { query?: undefined }
  : Partial<Q> extends Q
    ? { query?: UndefinedAllowed<Q> | undefined }
    : { query: UndefinedAllowed<Q> };
type BodyPart<B> = [B] extends [undefined] ? { body?: undefined } : { body: B | BinaryBody };

/** What a call takes besides its route; which parts are there, and of what type, follows from the route. */
export type CallOptions<R extends Route> = ParamsPart<ParamsOf<R>> &
  QueryPart<QueryOf<R>> &
  BodyPart<BodyOf<R>> & {
    signal?: AbortSignal | undefined;
    /** Of a body that is sent as it is; without it the first type that the route takes. */
    contentType?: string | undefined;
  };
type CallArguments<R extends Route> =
  Partial<CallOptions<R>> extends CallOptions<R> ? [options?: CallOptions<R>] : [options: CallOptions<R>];

interface LooseOptions {
  readonly params?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
  readonly signal?: AbortSignal | undefined;
  readonly contentType?: string | undefined;
}

export interface Transport {
  /**
   * Calls a route of the contract. Idempotent calls are repeated on 429, 500, 502, 503 and broken connections;
   * a job start never is.
   *
   * @throws ApiError (see `errors.ts`); the signal's reason when it was aborted.
   */
  call<R extends Route>(route: R, ...options: CallArguments<R>): Promise<ResponseOf<R>>;
  /** The address of a route, for links and downloads. */
  url<R extends Route>(
    route: R,
    ...options: Partial<UrlOptions<R>> extends UrlOptions<R> ? [UrlOptions<R>?] : [UrlOptions<R>]
  ): string;
}
type UrlOptions<R extends Route> = ParamsPart<ParamsOf<R>> & QueryPart<QueryOf<R>>;

/** Calls of these POSTs change nothing, or end in the same state when they are repeated. */
const idempotentPosts: ReadonlySet<string> = new Set(['getItemsBulk', 'markNotificationsRead', 'moveItems']);

export function createTransport(options: TransportOptions): Transport {
  const base = options.baseUrl.replace(/\/+$/, '');
  const url = (route: Route, parts: LooseOptions = {}) =>
    base + requestPath(route.path, parts.params, parts.query);
  const call = async (route: Route, parts: LooseOptions = {}): Promise<unknown> => {
    const isIdempotent = route.method !== 'POST' || idempotentPosts.has(route.operationId);
    const attempt = () => send(options, route, url(route, parts), parts);
    return isIdempotent ? withRetries(attempt, { ...options.retry, signal: parts.signal }) : attempt();
  };
  // The signatures of the interface are generic in the route; inside, a route is just a value.
  return { call, url } as Transport;
}

async function send(
  options: TransportOptions,
  route: Route,
  url: string,
  parts: LooseOptions,
): Promise<unknown> {
  const { method } = route;
  const { signal } = parts;
  const body = bodyOf(parts.body);
  const headers: Record<string, string> = { accept: route.produces ?? 'application/json' };
  // A browser sends this header to another origin only after asking it: what no foreign page can forge.
  if (method !== 'GET') headers['x-requested-with'] = 'latchkey';
  if (body !== undefined) headers['content-type'] = contentTypeOf(route, parts);
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
  return resultOf(route, response, signal);
}

const fetchOf = (options: TransportOptions) => options.fetch ?? globalThis.fetch.bind(globalThis);
const originOf = (url: string) => new URL(url, 'http://this-page').origin;

function bodyOf(body: unknown): BinaryBody | undefined {
  if (body === undefined) return undefined;
  return isBinaryBody(body) ? body : jsonBytes(body);
}

function contentTypeOf(route: Route, parts: LooseOptions): string {
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

async function resultOf(route: Route, response: Response, signal: AbortSignal | undefined): Promise<unknown> {
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
