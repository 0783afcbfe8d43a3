import { createPasswordReset } from '@latchkey/contract/routes/one-time-links';
import { mustAllowPasswords } from '../../auth/must-allow-passwords.js';
import { defineHandler } from '../../http/handler.js';
import { publicOrigin } from '../../http/public-origin.js';
import { linkNewPassword } from '../service.js';

export const createPasswordResetHandler = defineHandler(createPasswordReset, (context, call) => {
  mustAllowPasswords(context);
  const { caller, params, body, request } = call;
  const reset = { userId: params.userUuid, lifetimeHours: body.expiresInHours ?? 24 };
  return linkNewPassword(context, caller, reset, publicOrigin(context, request));
});
