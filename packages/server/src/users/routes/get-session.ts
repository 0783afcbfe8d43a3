import { getSession } from '@latchkey/contract/routes/session';
import { defineHandler } from '../../http/handler.js';
import { getSessionView } from '../session.js';

export const getSessionHandler = defineHandler(getSession, (context, { request }) =>
  getSessionView(context, request.caller),
);
