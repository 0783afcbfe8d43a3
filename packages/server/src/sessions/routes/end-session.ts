import { LatchkeyError } from '@latchkey/contract/errors';
import { endSession } from '@latchkey/contract/routes/sessions';
import { deleteSessionOfUser } from '@latchkey/db/sessions/writer';
import { defineHandler } from '../../http/handler.js';

export const endSessionHandler = defineHandler(endSession, async (context, { caller, params }) => {
  if (!(await deleteSessionOfUser(context.db, caller.userId, params.sessionUuid)))
    throw new LatchkeyError('session_not_found');
  return undefined;
});
