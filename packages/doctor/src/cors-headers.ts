/** What the CORS headers of an answer allow a page; for clients that see what browsers hide. */
export interface CorsHeaders {
  readonly allowsOrigin: boolean;
  /** As the storage sent it; null: none. */
  readonly allowOrigin: string | null;
  readonly exposesRanges: boolean;
  /** A copy that a cache keeps for one origin could be given to another, or to a request without one. */
  readonly variesByOrigin: boolean;
}

const listOf = (value: string | null) =>
  (value ?? '')
    .split(',')
    .map((part) => part.trim().toLowerCase())
    .filter(Boolean);

export function readCorsHeaders(headers: Headers, origin: string): CorsHeaders {
  const allowOrigin = headers.get('access-control-allow-origin');
  const exposed = listOf(headers.get('access-control-expose-headers'));
  const vary = listOf(headers.get('vary'));
  return {
    allowsOrigin: allowOrigin === '*' || allowOrigin === origin,
    allowOrigin,
    exposesRanges: exposed.includes('*') || exposed.includes('content-range'),
    variesByOrigin: allowOrigin === '*' || vary.includes('origin') || vary.includes('*'),
  };
}
