import { signIn } from '@latchkey/contract/routes/session';
import { mustBeCredentials } from '../../auth/service.js';
import { defineHandler } from '../../http/handler.js';
import { networkOf } from '../../http/network-of.js';
import { beginSession } from '../session.js';

export const signInHandler = defineHandler(signIn, async (context, call) => {
  const { body, request } = call;
  const attempts = request.server.signInAttempts;
  const who = JSON.stringify([body.email.toLowerCase(), networkOf(request.ip)]);
  attempts.begin(who);
  const user = await mustBeCredentials(context, body.email, body.password);
  attempts.succeeded(who);
  return beginSession(context, call, user, 'password');
});
