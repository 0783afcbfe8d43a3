import { signInWithPasskey } from '@latchkey/contract/routes/passkeys';
import { defineHandler } from '../../http/handler.js';
import { networkOf } from '../../http/network-of.js';
import { beginSession } from '../../users/session.js';
import { mustBePasskey } from '../sign-in.js';

export const signInWithPasskeyHandler = defineHandler(signInWithPasskey, async (context, call) => {
  const { body, request } = call;
  const { passkeyAttempts } = request.server;
  const who = JSON.stringify([body.credential.id, networkOf(request.ip)]);
  passkeyAttempts.begin(who);
  const { user, passkeyUuid } = await mustBePasskey(context, request, body.credential);
  passkeyAttempts.succeeded(who);
  return beginSession(context, call, user, 'passkey', { passkeyUuid });
});
