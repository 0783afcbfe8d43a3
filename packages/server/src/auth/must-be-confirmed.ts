import { LatchkeyError } from '@latchkey/contract/errors';
import { isFreshSession } from '@latchkey/db/sessions/reader';
import { getPasswordHash } from '@latchkey/db/users/reader';
import type { AppContext, Caller } from '../context.js';
import { mustBeOwnPassword } from '../sessions/service.js';
import type { AttemptLimiter } from './attempt-limiter.js';
import { confirmed } from './confirmed.js';

const freshSeconds = 600;

/**
 * For what changes how a user signs in: the password once more, or a session that has just begun. Throws
 * `wrong_password`, `too_many_attempts` and `confirmation_required`.
 */
export async function mustBeConfirmed(
  context: AppContext,
  attempts: AttemptLimiter,
  caller: Caller,
  password: string | undefined,
): Promise<void> {
  const { userId, sessionId } = caller;
  if (password !== undefined)
    return confirmed(attempts, caller, () => mustBeOwnPassword(context, caller, password));
  if (sessionId !== null && (await isFreshSession(context.db, sessionId, freshSeconds))) return;
  const hasPassword = (await getPasswordHash(context.db, userId)) !== null;
  throw new LatchkeyError(
    'confirmation_required',
    hasPassword
      ? 'Confirm this with your password.'
      : 'You have no password. Sign out and in again, and repeat this within ten minutes.',
    { details: { hasPassword } },
  );
}
