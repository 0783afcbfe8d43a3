import { changePassword } from '@latchkey/contract/routes/sessions';
import { confirmed } from '../../auth/confirmed.js';
import { defineHandler } from '../../http/handler.js';
import { changePassword as change } from '../service.js';

export const changePasswordHandler = defineHandler(
  changePassword,
  async (context, { caller, body, request }) => ({
    endedCount: await confirmed(request.server.confirmationAttempts, caller, () =>
      change(context, caller, body),
    ),
  }),
);
