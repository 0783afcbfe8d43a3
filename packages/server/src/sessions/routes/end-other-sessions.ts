import { endOtherSessions } from '@latchkey/contract/routes/sessions';
import { deleteOtherSessions } from '@latchkey/db/sessions/writer';
import { defineHandler } from '../../http/handler.js';

export const endOtherSessionsHandler = defineHandler(endOtherSessions, async (context, { caller }) => ({
  endedCount: await deleteOtherSessions(context.db, caller.userId, caller.sessionId),
}));
