import { preparePasskey } from '@latchkey/contract/routes/passkeys';
import { mustBeConfirmed } from '../../auth/must-be-confirmed.js';
import { defineHandler } from '../../http/handler.js';
import { prepare } from '../add.js';

export const preparePasskeyHandler = defineHandler(
  preparePasskey,
  async (context, { caller, body, request }) => {
    await mustBeConfirmed(context, request.server.confirmationAttempts, caller, body.password);
    return { publicKey: await prepare(context, caller, request) };
  },
);
