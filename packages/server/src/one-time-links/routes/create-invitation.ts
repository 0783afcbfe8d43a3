import { createInvitation } from '@latchkey/contract/routes/one-time-links';
import { mustAllowPasswords } from '../../auth/must-allow-passwords.js';
import { defineHandler } from '../../http/handler.js';
import { publicOrigin } from '../../http/public-origin.js';
import { invite } from '../service.js';

export const createInvitationHandler = defineHandler(createInvitation, (context, call) => {
  mustAllowPasswords(context);
  const { caller, body, request } = call;
  const invitation = {
    email: body.email,
    organisationRole: body.organisationRole ?? 'member',
    lifetimeHours: body.expiresInHours ?? 168,
  };
  return invite(context, caller, invitation, publicOrigin(context, request));
});
