import type { BodyOf, ParamsOf, QueryOf, ResponseOf, Route } from '@latchkey/contract/route';
import type { BinaryBody } from './request-body.js';
import { requestPath } from './request-url.js';
import { withRetries } from './retry.js';
import { type CallParts, resultOf, sendRequest } from './send-request.js';
import type { TransportOptions } from './transport-options.js';

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
    /** Of a body that is packed already. */
    contentEncoding?: 'gzip' | undefined;
    /** Lets a call be repeated that starts something: the server answers what the first one started. */
    idempotencyKey?: string | undefined;
  };
type CallArguments<R extends Route> =
  Partial<CallOptions<R>> extends CallOptions<R> ? [options?: CallOptions<R>] : [options: CallOptions<R>];

export interface Transport {
  /**
   * Calls a route of the contract. Idempotent calls are repeated on 429, 500, 502, 503 and broken connections;
   * a job start is only with an idempotency key and a body that can be sent again.
   *
   * @throws ApiError (see `errors.ts`); the signal's reason when it was aborted.
   */
  call<R extends Route>(route: R, ...options: CallArguments<R>): Promise<ResponseOf<R>>;
  /** As `call`, for an answer that is not JSON: its body is read by the caller, as it comes. */
  open<R extends Route>(route: R, ...options: CallArguments<R>): Promise<Response>;
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
  const url = (route: Route, parts: CallParts = {}) =>
    base + requestPath(route.path, parts.params, parts.query);
  const open = (route: Route, parts: CallParts = {}): Promise<Response> =>
    repeated(options, route, parts, () => sendRequest(options, route, url(route, parts), parts));
  const call = (route: Route, parts: CallParts = {}): Promise<unknown> =>
    repeated(options, route, parts, async () => {
      const response = await sendRequest(options, route, url(route, parts), parts);
      return resultOf(route, response, parts.signal);
    });
  // The signatures of the interface are generic in the route; inside, a route is just a value.
  return { call, open, url } as Transport;
}

function repeated<T>(
  options: TransportOptions,
  route: Route,
  parts: CallParts,
  attempt: () => Promise<T>,
): Promise<T> {
  const isIdempotent =
    route.method !== 'POST' || idempotentPosts.has(route.operationId) || parts.idempotencyKey !== undefined;
  if (!isIdempotent || parts.body instanceof ReadableStream) return attempt();
  return withRetries(attempt, { ...options.retry, signal: parts.signal });
}
