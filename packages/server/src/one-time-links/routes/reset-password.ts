import { resetPassword } from '@latchkey/contract/routes/one-time-links';
import { mustAllowPasswords } from '../../auth/must-allow-passwords.js';
import { defineHandler } from '../../http/handler.js';
import { setPasswordByLink } from '../service.js';

export const resetPasswordHandler = defineHandler(resetPassword, async (context, { body }) => {
  mustAllowPasswords(context);
  await setPasswordByLink(context, body);
  return undefined;
});
