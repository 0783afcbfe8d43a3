import type { Probe } from './probe.js';

/** Why the browser could not show an item. */
export type Failure =
  | { readonly kind: 'expired'; readonly expiresAt: string | null }
  | {
      readonly kind: 'refused';
      readonly status: number;
      readonly storageCode: string | null;
      readonly storageMessage: string | null;
    }
  | { readonly kind: 'not-found'; readonly status: number; readonly storageCode: string | null }
  | { readonly kind: 'storage-error'; readonly status: number }
  | { readonly kind: 'no-cors' }
  | { readonly kind: 'policy' }
  | { readonly kind: 'mixed-content' }
  | { readonly kind: 'unreachable' }
  /** The bytes arrive, and the browser cannot make anything of them. */
  | {
      readonly kind: 'unreadable';
      readonly contentType: string | null;
      /** In words, where the viewer knows it. */
      readonly reason?: string;
    };

export interface Circumstances {
  readonly url: string;
  readonly expiresAt: string | null;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** `location.protocol`. */
  readonly pageProtocol: string;
  /** The page's Content-Security-Policy was seen to refuse the origin of the URL. */
  readonly isBlockedByPolicy: boolean;
}

/** Browsers take these as secure, so they are no mixed content. */
const loopback = /^(localhost|.*\.localhost|127(\.\d+){3}|\[::1\])$/;

export function isMixedContent(url: string, pageProtocol: string): boolean {
  if (pageProtocol !== 'https:') return false;
  const parsed = URL.parse(url);
  return parsed?.protocol === 'http:' && !loopback.test(parsed.hostname);
}

/** The first reason that fits; the probe is not needed, and may be null, where the page itself is the reason. */
export function diagnose(probe: Probe | null, given: Circumstances): Failure {
  if (isMixedContent(given.url, given.pageProtocol)) return { kind: 'mixed-content' };
  if (probe?.kind === 'answer') return diagnoseAnswer(probe, given);
  if (given.isBlockedByPolicy) return { kind: 'policy' };
  // Many storages send no CORS headers with a refusal: then an old URL looks like a missing CORS rule.
  if (isOver(given)) return { kind: 'expired', expiresAt: given.expiresAt };
  return { kind: probe?.kind === 'hidden-answer' ? 'no-cors' : 'unreachable' };
}

const isOver = ({ expiresAt, now }: Circumstances) => expiresAt !== null && Date.parse(expiresAt) <= now;

function diagnoseAnswer(probe: Extract<Probe, { kind: 'answer' }>, given: Circumstances): Failure {
  const { status, storageCode, storageMessage } = probe;
  if (status < 400) return { kind: 'unreadable', contentType: probe.contentType };
  if (status === 416) return { kind: 'unreadable', contentType: probe.contentType };
  if (status === 404 || status === 410) return { kind: 'not-found', status, storageCode };
  if (status >= 500) return { kind: 'storage-error', status };
  const saysExpired = /expired/i.test(`${storageCode} ${storageMessage}`);
  if (saysExpired || isOver(given)) return { kind: 'expired', expiresAt: given.expiresAt };
  return { kind: 'refused', status, storageCode, storageMessage };
}
