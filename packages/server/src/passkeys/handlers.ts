import type { Handler } from '../http/handler.js';
import { addPasskeyHandler } from './routes/add-passkey.js';
import { listPasskeysHandler } from './routes/list-passkeys.js';
import { preparePasskeyHandler } from './routes/prepare-passkey.js';
import { preparePasskeySignInHandler } from './routes/prepare-passkey-sign-in.js';
import { removePasskeyHandler } from './routes/remove-passkey.js';
import { removePasskeysOfUserHandler } from './routes/remove-passkeys-of-user.js';
import { renamePasskeyHandler } from './routes/rename-passkey.js';
import { signInWithPasskeyHandler } from './routes/sign-in-with-passkey.js';

export const passkeyHandlers: readonly Handler[] = [
  listPasskeysHandler,
  preparePasskeyHandler,
  addPasskeyHandler,
  renamePasskeyHandler,
  removePasskeyHandler,
  removePasskeysOfUserHandler,
  preparePasskeySignInHandler,
  signInWithPasskeyHandler,
];
