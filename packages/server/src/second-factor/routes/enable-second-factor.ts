import { enableSecondFactor } from '@latchkey/contract/routes/second-factor';
import { confirmed } from '../../auth/confirmed.js';
import { defineHandler } from '../../http/handler.js';
import { enable } from '../service.js';

export const enableSecondFactorHandler = defineHandler(
  enableSecondFactor,
  async (context, { caller, body, request }) => ({
    recoveryCodes: await confirmed(request.server.confirmationAttempts, caller, () =>
      enable(context, caller, body.code),
    ),
  }),
);
