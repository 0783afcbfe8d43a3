import { beginSingleSignOn, finishSingleSignOn } from '@latchkey/contract/routes/single-sign-on';
import { defineHandler } from '../../http/handler.js';
import { networkOf } from '../../http/network-of.js';
import { beginSession } from '../../users/session.js';
import { endAttempt, mustHaveProvider } from '../service.js';
import { attemptCookieOf } from '../sign-in-checks.js';
import { userOfClaims } from '../user-of-claims.js';

export const finishSingleSignOnHandler = defineHandler(finishSingleSignOn, async (context, call) => {
  const { body, request, reply } = call;
  const provider = mustHaveProvider(context);
  const state = new URLSearchParams(body.query).get('state');
  const cookie = attemptCookieOf(state ?? '');
  void reply.clearCookie(cookie, { path: beginSingleSignOn.path });
  const { checks, returnPath } = await endAttempt(context, request.cookies[cookie], state);
  const network = networkOf(request.ip);
  const { singleSignOnAttempts } = request.server;
  singleSignOnAttempts.begin(network);
  const claims = await provider.claimsOf(body.query, checks);
  const user = await userOfClaims(context, claims);
  singleSignOnAttempts.succeeded(network);
  const { issuer } = claims;
  return { ...(await beginSession(context, call, user, 'singleSignOn', { issuer })), returnPath };
});
