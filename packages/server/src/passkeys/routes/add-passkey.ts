import { addPasskey } from '@latchkey/contract/routes/passkeys';
import { defineHandler } from '../../http/handler.js';
import { add } from '../add.js';

export const addPasskeyHandler = defineHandler(addPasskey, (context, { caller, body, request }) =>
  add(context, caller, request, body),
);
