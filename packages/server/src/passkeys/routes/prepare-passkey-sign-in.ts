import { preparePasskeySignIn } from '@latchkey/contract/routes/passkeys';
import { defineHandler } from '../../http/handler.js';
import { prepareSignIn } from '../sign-in.js';

export const preparePasskeySignInHandler = defineHandler(preparePasskeySignIn, async (context, call) => ({
  publicKey: await prepareSignIn(context, call),
}));
