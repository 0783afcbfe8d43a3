import type { LocatedUrl } from './locate.js';

/** Of a URL that needs no signature: later than any moment. */
export const NEVER_EXPIRES = Number.MAX_VALUE;

/**
 * When a URL dies, as one number: epoch milliseconds; NaN: it is not signed; infinite: signed for a time that is not
 * known; or `NEVER_EXPIRES`.
 */
export function lifetimeOf({
  signature,
  servedByGateway,
}: Pick<LocatedUrl, 'signature' | 'servedByGateway'>): number {
  if (signature === null) return servedByGateway ? NEVER_EXPIRES : Number.NaN;
  return signature.expiresAt ?? (signature.certainty === 'unknown' ? Number.POSITIVE_INFINITY : Number.NaN);
}

export interface KnownLifetime {
  /** Epoch milliseconds; null: not signed, or signed for a time that is not known. */
  readonly expiresAt: number | null;
  readonly isSigned: boolean;
}

/**
 * Whether a URL of this lifetime takes the place of the one that is known: it outlives that. One without an expiry gives
 * way to any; a URL that may die at any time takes the place only of one that has no expiry, or is dead at `now`; one
 * that never expires only of a signed one.
 */
export function renews(lifetime: number, { expiresAt, isSigned }: KnownLifetime, now: number): boolean {
  if (Number.isNaN(lifetime) || (lifetime === NEVER_EXPIRES && !isSigned)) return false;
  if (expiresAt === null) return true;
  return Number.isFinite(lifetime) ? lifetime > expiresAt : expiresAt <= now;
}
