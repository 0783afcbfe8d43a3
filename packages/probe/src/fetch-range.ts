/** What the storage answered to a request for a range. */
export interface RangeAnswer {
  readonly status: number;
  /** The headers of these names; null where the storage sent none, or does not expose it to the page's origin. */
  readonly contentRange: string | null;
  readonly contentLength: string | null;
  readonly contentType: string | null;
  /** Read up to its end, or returned from before: then the request has to end. */
  readonly body: AsyncIterable<Uint8Array>;
}

/**
 * Asks for `bytes=start-endInclusive` of one object. Rejects with `ProbeError` for what it refuses or can't reach, and
 * ends the request when `signal` aborts, also while the body is read. Retries are its own matter.
 */
export type FetchRange = (start: number, endInclusive: number, signal: AbortSignal) => Promise<RangeAnswer>;
