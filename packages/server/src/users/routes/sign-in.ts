import { signIn } from '@latchkey/contract/routes/session';
import { mustAllowPasswords } from '../../auth/must-allow-passwords.js';
import { mustBeCredentials } from '../../auth/service.js';
import { defineHandler } from '../../http/handler.js';
import { networkOf } from '../../http/network-of.js';
import { passSecondFactor } from '../../second-factor/service.js';
import { beginSession } from '../session.js';

export const signInHandler = defineHandler(signIn, async (context, call) => {
  mustAllowPasswords(context);
  const { body, request } = call;
  const { signInAttempts, confirmationAttempts } = request.server;
  const who = JSON.stringify([body.email.toLowerCase(), networkOf(request.ip)]);
  signInAttempts.begin(who);
  const user = await mustBeCredentials(context, body.email, body.password);
  const secondFactor = await passSecondFactor(context, confirmationAttempts, user.id, body.code);
  signInAttempts.succeeded(who);
  return beginSession(context, call, user, 'password', secondFactor ? { secondFactor } : {});
});
