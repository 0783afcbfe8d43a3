import { limits } from '@latchkey/contract/limits';
import { beginSingleSignOn } from '@latchkey/contract/routes/single-sign-on';
import { cookieOptions } from '../../http/cookie-options.js';
import { defineHandler } from '../../http/handler.js';
import { beginAttempt } from '../service.js';
import { attemptCookieOf } from '../sign-in-checks.js';

export const beginSingleSignOnHandler = defineHandler(beginSingleSignOn, async (context, { body, reply }) => {
  const { authorizationUrl, token, state } = await beginAttempt(context, body.returnPath ?? '/');
  void reply.setCookie(attemptCookieOf(state), token, {
    ...cookieOptions(context.config),
    path: beginSingleSignOn.path,
    maxAge: limits.singleSignOnSeconds,
  });
  return { authorizationUrl };
});
