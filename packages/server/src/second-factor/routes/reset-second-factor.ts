import { LatchkeyError } from '@latchkey/contract/errors';
import { resetSecondFactor } from '@latchkey/contract/routes/second-factor';
import { deleteSecondFactor } from '@latchkey/db/second-factors/writer';
import { defineHandler } from '../../http/handler.js';

export const resetSecondFactorHandler = defineHandler(resetSecondFactor, async ({ db }, { params }) => {
  if (!(await deleteSecondFactor(db, params.userUuid)))
    throw new LatchkeyError('second_factor_not_found', 'The user has no second factor.');
  return undefined;
});
