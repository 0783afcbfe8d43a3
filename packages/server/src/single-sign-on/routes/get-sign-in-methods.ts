import { getSignInMethods } from '@latchkey/contract/routes/single-sign-on';
import { defineHandler } from '../../http/handler.js';

export const getSignInMethodsHandler = defineHandler(getSignInMethods, async ({ config }) => ({
  password: config.passwordSignIn,
  singleSignOn: config.singleSignOn && { name: config.singleSignOn.name },
}));
