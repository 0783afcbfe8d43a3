import { createPasswordReset } from '@latchkey/contract/routes/one-time-links';
import { defineHandler } from '../../http/handler.js';
import { publicOrigin } from '../../http/public-origin.js';
import { linkNewPassword } from '../service.js';

export const createPasswordResetHandler = defineHandler(
  createPasswordReset,
  (context, { caller, params, body, request }) =>
    linkNewPassword(
      context,
      caller,
      { userId: params.userUuid, lifetimeHours: body.expiresInHours ?? 24 },
      publicOrigin(context, request),
    ),
);
