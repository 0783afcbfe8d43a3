import { addSshKey } from '@latchkey/contract/routes/session';
import { defineHandler } from '../../http/handler.js';
import { addSshKey as addKey } from '../keys.js';

export const addSshKeyHandler = defineHandler(addSshKey, (context, { caller, body }) =>
  addKey(context, caller, body.title, body.publicKey),
);
