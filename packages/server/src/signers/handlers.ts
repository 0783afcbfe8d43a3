import type { Handler } from '../http/handler.js';
import { createSignerTokensHandler } from './routes/create-signer-tokens.js';
import { getSigningKeysHandler } from './routes/get-signing-keys.js';
import { rotateSigningKeyHandler } from './routes/rotate-signing-key.js';
import { testSignerHandler } from './routes/test-signer.js';

export const signerHandlers: readonly Handler[] = [
  createSignerTokensHandler,
  testSignerHandler,
  rotateSigningKeyHandler,
  getSigningKeysHandler,
];
