import { createInvitation } from '@latchkey/contract/routes/one-time-links';
import { defineHandler } from '../../http/handler.js';
import { publicOrigin } from '../../http/public-origin.js';
import { invite } from '../service.js';

export const createInvitationHandler = defineHandler(createInvitation, (context, { caller, body, request }) =>
  invite(
    context,
    caller,
    {
      email: body.email,
      organisationRole: body.organisationRole ?? 'member',
      lifetimeHours: body.expiresInHours ?? 168,
    },
    publicOrigin(context, request),
  ),
);
