import { disableSecondFactor } from '@latchkey/contract/routes/second-factor';
import { confirmed } from '../../auth/confirmed.js';
import { defineHandler } from '../../http/handler.js';
import { disable } from '../service.js';

export const disableSecondFactorHandler = defineHandler(
  disableSecondFactor,
  async (context, { caller, body, request }) => {
    await confirmed(request.server.confirmationAttempts, caller, () => disable(context, caller, body.code));
    return undefined;
  },
);
