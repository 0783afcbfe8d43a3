import { changePassword } from '@latchkey/contract/routes/sessions';
import { defineHandler } from '../../http/handler.js';
import { changePassword as change } from '../service.js';

export const changePasswordHandler = defineHandler(
  changePassword,
  async (context, { caller, body, request }) => {
    const attempts = request.server.confirmationAttempts;
    attempts.begin(caller.userId);
    const endedCount = await change(context, caller, body);
    attempts.succeeded(caller.userId);
    return { endedCount };
  },
);
