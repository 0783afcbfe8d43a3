import type { ObjectAnswer } from './ask-object.js';
import { isWrongType, type MediaFamily } from './content-type.js';
import type { Failure } from './failure.js';

export interface Circumstances {
  readonly url: string;
  readonly expiresAt: string | null;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** `location.protocol`. */
  readonly pageProtocol: string;
  /** The page's Content-Security-Policy was seen to refuse the origin of the URL. */
  readonly isBlockedByPolicy: boolean;
  /** Null: anything. */
  readonly expected: MediaFamily | null;
}

/** Browsers take these as secure, so they are no mixed content. */
const loopback = /^(localhost|.*\.localhost|127(\.\d+){3}|\[::1\])$/;

export function isMixedContent(url: string, pageProtocol: string): boolean {
  if (pageProtocol !== 'https:') return false;
  const parsed = URL.parse(url);
  return parsed?.protocol === 'http:' && !loopback.test(parsed.hostname);
}

/** The first reason that fits; the answer is not needed, and may be null, where the page itself is the reason. */
export function diagnose(answer: ObjectAnswer | null, given: Circumstances): Failure {
  if (isMixedContent(given.url, given.pageProtocol)) return { kind: 'mixed-content' };
  if (answer?.kind === 'answer') return diagnoseAnswer(answer, given);
  if (given.isBlockedByPolicy) return { kind: 'policy' };
  // Many storages send no CORS headers with a refusal: then an old URL looks like a missing CORS rule.
  if (isOver(given)) return { kind: 'expired', expiresAt: given.expiresAt };
  return { kind: answer?.kind === 'hidden-answer' ? 'no-cors' : 'unreachable' };
}

const isOver = ({ expiresAt, now }: Circumstances) => expiresAt !== null && Date.parse(expiresAt) <= now;

/** Codes of our gateway, of Azure's firewall, and of Google's perimeters. */
const addressCodes = /^(ip_not_allowed|address_not_allowed|AuthorizationFailure|SecurityPolicyViolated)$/i;
const regionCodes =
  /^(PermanentRedirect|TemporaryRedirect|AuthorizationHeaderMalformed|IllegalLocationConstraintException)$/;
/** Azure's detail of a signature that is over, and what the others write. */
const expiredText = /expired|not valid in the specified time frame/i;

function diagnoseAnswer(answer: Extract<ObjectAnswer, { kind: 'answer' }>, given: Circumstances): Failure {
  const { status, contentType, error } = answer;
  if (status < 300 || status === 416) return diagnoseContent(contentType, given);
  if (expiredText.test(`${error.code} ${error.message}`) || (isOver(given) && !isMissing(status)))
    return { kind: 'expired', expiresAt: given.expiresAt };
  if (status < 400 || regionCodes.test(error.code ?? '') || (status === 400 && error.region !== null))
    return { kind: 'wrong-region', status, region: error.region };
  if (addressCodes.test(error.code ?? '')) return { kind: 'address-refused', status, address: error.address };
  if (isMissing(status)) return { kind: 'not-found', status, storageCode: error.code };
  if (status >= 500) return { kind: 'storage-error', status };
  return { kind: 'refused', status, storageCode: error.code, storageMessage: error.message };
}

const isMissing = (status: number) => status === 404 || status === 410;

function diagnoseContent(contentType: string | null, { expected }: Circumstances): Failure {
  if (contentType !== null && expected !== null && isWrongType(contentType, expected))
    return { kind: 'wrong-type', contentType, expected };
  return { kind: 'unreadable', contentType };
}
