import { resetPassword } from '@latchkey/contract/routes/one-time-links';
import { defineHandler } from '../../http/handler.js';
import { setPasswordByLink } from '../service.js';

export const resetPasswordHandler = defineHandler(resetPassword, async (context, { body }) => {
  await setPasswordByLink(context, body);
  return undefined;
});
