import { LatchkeyError } from '@latchkey/contract/errors';
import { limits } from '@latchkey/contract/limits';
import { getTokenExpiry } from '@latchkey/db/users/token-expiry';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { AttemptLimiter } from '../auth/attempt-limiter.js';
import { hasSignature, promisedDigest, readSignature, verifySignature } from '../auth/message-signature.js';
import { knowsTimeSeries } from '../auth/official-client.js';
import { RequestRates } from '../auth/request-rates.js';
import { tokenHash } from '../auth/secrets.js';
import { getCallerByApiToken, getCallerByPublicKey, getCallerBySession } from '../auth/service.js';
import type { AppContext, Caller } from '../context.js';

export const sessionCookie = 'latchkey_session';

declare module 'fastify' {
  interface FastifyInstance {
    signInAttempts: AttemptLimiter;
    passkeyAttempts: AttemptLimiter;
    /** By network: what a provider refuses names nobody. */
    singleSignOnAttempts: AttemptLimiter;
    /** Of secrets that a user gives once more, by user. */
    confirmationAttempts: AttemptLimiter;
  }
  interface FastifyRequest {
    caller: Caller | null;
    /** SHA-256 that the request's signature covers; null if it is not signed. Whoever reads the body compares. */
    signedDigest: Buffer | null;
  }
}

/**
 * Who sends the request: a message signature, else a bearer token, else the session cookie. A signature or token
 * that does not hold refuses the request, also on public routes. Requests are counted by who sends them.
 */
export function registerAuthentication(app: FastifyInstance, context: AppContext): void {
  const attemptLimits = {
    attempts: limits.signInFailures,
    windowSeconds: limits.signInWindowSeconds,
    now: context.now,
  };
  const limiterOf = (what: string) => new AttemptLimiter({ what, ...attemptLimits });
  app.decorate('signInAttempts', limiterOf('Signing in with this e-mail address'));
  app.decorate('passkeyAttempts', limiterOf('Signing in with this passkey'));
  app.decorate(
    'singleSignOnAttempts',
    new AttemptLimiter({
      ...attemptLimits,
      what: 'Signing in by the identity provider from your address',
      attempts: limits.singleSignOnFailures,
    }),
  );
  app.decorate('confirmationAttempts', limiterOf('Confirming with your password or code'));
  app.decorateRequest('caller', null);
  app.decorateRequest('signedDigest', null);
  const rates = new RequestRates(context.config, context.now);
  app.addHook('onRequest', async (request) => {
    request.caller = await callerOf(context, request).catch((error: unknown) => {
      rates.count(null, request.ip);
      throw error;
    });
    // Probes of the operator and files of the web app cost little.
    if (request.routeOptions.config.operationId !== undefined)
      rates.count(request.caller?.userId ?? null, request.ip);
  });
}

async function callerOf(context: AppContext, request: FastifyRequest): Promise<Caller | null> {
  const caller = await identifiedCaller(context, request);
  return caller && !knowsTimeSeries(request.headers['user-agent'])
    ? { ...caller, knowsTimeSeries: false }
    : caller;
}

async function identifiedCaller(context: AppContext, request: FastifyRequest): Promise<Caller | null> {
  if (hasSignature(request.headers)) return callerBySignature(context, request);
  if (request.headers.authorization !== undefined)
    return callerByBearer(context, request.headers.authorization);
  return callerByCookie(context, request);
}

async function callerBySignature(context: AppContext, request: FastifyRequest): Promise<Caller> {
  const input = readSignature({
    method: request.method,
    target: request.raw.url ?? '',
    headers: request.headers,
  });
  const found = await getCallerByPublicKey(context, input.publicKey);
  if (!found) throw new LatchkeyError('unknown_key');
  verifySignature(input, context.now());
  request.signedDigest = promisedDigest(String(request.headers['content-digest']));
  await found.accept();
  return found.caller;
}

async function callerByBearer(context: AppContext, header: string): Promise<Caller> {
  const token = /^Bearer\s+(\S+)$/i.exec(header)?.[1];
  if (token === undefined) throw new LatchkeyError('invalid_token');
  const hash = tokenHash(token);
  const caller = await getCallerByApiToken(context, hash);
  if (caller) return caller;
  const expiry = await getTokenExpiry(context.db, hash);
  throw new LatchkeyError(
    'invalid_token',
    expiry ? `The token expired at ${expiry.toISOString()}. Make a new one.` : undefined,
  );
}

const readingMethods: readonly string[] = ['GET', 'HEAD'];

/** A cookie alone does not change anything: browsers send it along with other sites' forms. */
async function callerByCookie(context: AppContext, request: FastifyRequest): Promise<Caller | null> {
  const token = request.cookies[sessionCookie];
  if (!token) return null;
  if (!readingMethods.includes(request.method) && request.headers['x-requested-with'] === undefined)
    return null;
  return getCallerBySession(context, tokenHash(token));
}
