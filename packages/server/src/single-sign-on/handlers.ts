import type { Handler } from '../http/handler.js';
import { beginSingleSignOnHandler } from './routes/begin-single-sign-on.js';
import { finishSingleSignOnHandler } from './routes/finish-single-sign-on.js';
import { getSignInMethodsHandler } from './routes/get-sign-in-methods.js';

export const singleSignOnHandlers: readonly Handler[] = [
  getSignInMethodsHandler,
  beginSingleSignOnHandler,
  finishSingleSignOnHandler,
];
