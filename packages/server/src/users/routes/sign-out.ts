import { signOut } from '@latchkey/contract/routes/session';
import { deleteSession } from '@latchkey/db/sessions/writer';
import { tokenHash } from '../../auth/secrets.js';
import { defineHandler } from '../../http/handler.js';
import { sessionCookie } from '../../plugins/authentication.js';

export const signOutHandler = defineHandler(signOut, async (context, { request, reply }) => {
  const token = request.cookies[sessionCookie];
  if (token && request.caller) await deleteSession(context.db, tokenHash(token));
  void reply.clearCookie(sessionCookie, { path: '/' });
  return undefined;
});
