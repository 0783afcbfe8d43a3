import { acceptInvitation } from '@latchkey/contract/routes/one-time-links';
import { mustAllowPasswords } from '../../auth/must-allow-passwords.js';
import { defineHandler } from '../../http/handler.js';
import { beginSession } from '../../users/session.js';
import { becomeUser } from '../service.js';

export const acceptInvitationHandler = defineHandler(acceptInvitation, async (context, call) => {
  mustAllowPasswords(context);
  const user = await becomeUser(context, { ...call.body, name: call.body.name ?? '' });
  return beginSession(context, call, user, 'link');
});
