import { LatchkeyError } from '@latchkey/contract/errors';
import type { Executor } from '@latchkey/db/engine/executor';
import { lockOrganisationAdmins } from '@latchkey/db/users/reader';
import type { Caller } from '../context.js';

/**
 * Changes of users come one after another, and none leaves the organisation without an active administrator. Two
 * administrators who take each other's role at the same time do not pass each other: the second one is none any more.
 * Throws `forbidden` and `organisation_last_admin`.
 */
export async function keepingOrganisationAdmin<Result>(
  tx: Executor,
  caller: Caller,
  change: () => Promise<Result>,
): Promise<Result> {
  if (!(await lockOrganisationAdmins(tx)).includes(caller.userId)) throw new LatchkeyError('forbidden');
  const result = await change();
  if ((await lockOrganisationAdmins(tx)).length === 0) throw new LatchkeyError('organisation_last_admin');
  return result;
}
