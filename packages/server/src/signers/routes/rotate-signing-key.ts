import { rotateSigningKey } from '@latchkey/contract/routes/signers';
import { defineHandler } from '../../http/handler.js';
import { replaceSigningKey } from '../signing-keys.js';

export const rotateSigningKeyHandler = defineHandler(rotateSigningKey, (context, { caller, body }) =>
  replaceSigningKey(context, caller, body.compromised ?? false),
);
