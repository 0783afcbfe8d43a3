import { renewRecoveryCodes } from '@latchkey/contract/routes/second-factor';
import { confirmed } from '../../auth/confirmed.js';
import { defineHandler } from '../../http/handler.js';
import { renewRecoveryCodes as renew } from '../service.js';

export const renewRecoveryCodesHandler = defineHandler(
  renewRecoveryCodes,
  async (context, { caller, body, request }) => ({
    recoveryCodes: await confirmed(request.server.confirmationAttempts, caller, () =>
      renew(context, caller, body.code),
    ),
  }),
);
