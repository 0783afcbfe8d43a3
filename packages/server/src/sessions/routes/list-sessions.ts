import { listSessions } from '@latchkey/contract/routes/sessions';
import { defineHandler } from '../../http/handler.js';
import { getSessions } from '../service.js';

export const listSessionsHandler = defineHandler(listSessions, async (context, { caller }) => ({
  result: await getSessions(context, caller),
}));
