import type { BinaryBody } from './request-body.js';
import type { RetryPolicy } from './retry.js';

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
