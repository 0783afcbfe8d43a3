import { removePasskey } from '@latchkey/contract/routes/passkeys';
import { mustBeConfirmed } from '../../auth/must-be-confirmed.js';
import { defineHandler } from '../../http/handler.js';
import { remove } from '../service.js';

export const removePasskeyHandler = defineHandler(
  removePasskey,
  async (context, { caller, params, body, request }) => {
    await mustBeConfirmed(context, request.server.confirmationAttempts, caller, body.password);
    await remove(context, caller, params.passkeyUuid);
    return undefined;
  },
);
