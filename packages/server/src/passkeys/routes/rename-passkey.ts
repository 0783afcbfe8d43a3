import { renamePasskey } from '@latchkey/contract/routes/passkeys';
import { defineHandler } from '../../http/handler.js';
import { rename } from '../service.js';

export const renamePasskeyHandler = defineHandler(
  renamePasskey,
  async (context, { caller, params, body }) => {
    await rename(context, caller, params.passkeyUuid, body.name);
    return undefined;
  },
);
