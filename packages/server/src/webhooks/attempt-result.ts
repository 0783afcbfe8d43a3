import { limits } from '@latchkey/contract/limits';
import type { AttemptResult } from '@latchkey/db/webhooks/deliveries';
import type { PostAnswer } from '@latchkey/egress/egress-client';
import { EgressError } from '@latchkey/egress/egress-error';
import { toStorable } from '../http/stored-text.js';

const minute = 60;
const hour = 60 * minute;
/** Before the second and each further attempt: ten within three days. */
export const retryDelaysSeconds = [
  5,
  5 * minute,
  30 * minute,
  2 * hour,
  5 * hour,
  10 * hour,
  14 * hour,
  20 * hour,
  24 * hour,
] as const;
const longestRetryAfterSeconds = hour;

/** The receiver says that nobody listens any more. */
export const isGone = (answer: PostAnswer | EgressError): boolean =>
  !(answer instanceof EgressError) && answer.status === 410;

/** What becomes of a delivery after its n-th attempt. */
export function toAttemptResult(
  answer: PostAnswer | EgressError,
  attempts: number,
  { isTriedAgain, durationMs }: { readonly isTriedAgain: boolean; readonly durationMs: number },
): AttemptResult {
  const error = errorOf(answer);
  const delay = isTriedAgain && !isGone(answer) ? retryDelaysSeconds[attempts - 1] : undefined;
  const isPending = error !== null && delay !== undefined;
  return {
    status: error === null ? 'delivered' : isPending ? 'pending' : 'failed',
    delaySeconds: isPending ? Math.max(jittered(delay), askedPause(answer)) : 0,
    responseStatus: answer instanceof EgressError ? null : answer.status,
    responseBody:
      answer instanceof EgressError ? null : toStorable(answer.body).slice(0, limits.webhookResponseBytes),
    error,
    durationMs: Math.round(durationMs),
  };
}

function errorOf(answer: PostAnswer | EgressError): string | null {
  if (answer instanceof EgressError) return answer.message;
  const { status } = answer;
  if (status >= 200 && status < 300) return null;
  if (status >= 300 && status < 400)
    return `The receiver answers ${status}, a redirect, which is not followed. Enter the URL that it leads to.`;
  return `The receiver answers ${status}; only 200 to 299 says that it has taken the message.`;
}

/** So that what failed together does not come back together. */
const jittered = (seconds: number): number => seconds * (1 + Math.random() / 10);

const askedPause = (answer: PostAnswer | EgressError): number =>
  answer instanceof EgressError ? 0 : Math.min(answer.retryAfterMs / 1000, longestRetryAfterSeconds);
