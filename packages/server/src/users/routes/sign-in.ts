import { signIn } from '@latchkey/contract/routes/session';
import { signIn as startSession } from '../../auth/service.js';
import { defineHandler } from '../../http/handler.js';
import { networkOf } from '../../http/network-of.js';
import { setSessionCookie, toSessionView } from '../session.js';

export const signInHandler = defineHandler(signIn, async (context, { body, request, reply }) => {
  const attempts = request.server.signInAttempts;
  const who = JSON.stringify([body.email.toLowerCase(), networkOf(request.ip)]);
  attempts.begin(who);
  const { user, token } = await startSession(context, body.email, body.password);
  attempts.succeeded(who);
  setSessionCookie(context, reply, token);
  return toSessionView(context, user);
});
