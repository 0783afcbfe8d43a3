import { signerTokenScope, signerTokenType } from '@latchkey/contract/signer-protocol';
import { createRemoteJWKSet, errors, type JWTPayload, jwtVerify } from 'jose';
import type { SignerConfig } from './config.js';
import type { Asker } from './policy.js';
import { RequestRefusal } from './signer-error.js';

export interface VerifiedToken extends Asker {
  readonly objectsDigest: string;
}

export type VerifyToken = (authorization: string | undefined) => Promise<VerifiedToken>;

const clockToleranceSeconds = 5;
const maxTokenAgeSeconds = 300;

/** Verifies the tokens of one Latchkey by its published keys, which are kept for minutes. Throws `RequestRefusal`. */
export function createTokenVerifier(
  { latchkeyUrl, keysUrl, signerUrl }: Pick<SignerConfig, 'latchkeyUrl' | 'keysUrl' | 'signerUrl'>,
  now: () => number,
): VerifyToken {
  const keys = createRemoteJWKSet(new URL(keysUrl), { cacheMaxAge: 600_000, cooldownDuration: 5_000 });
  const audience = new URL(signerUrl).origin;
  return async (authorization) => {
    const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(authorization ?? '')?.[1];
    if (token === undefined) throw invalidToken('The request has no "Authorization: Bearer" with a token.');
    try {
      const { payload } = await jwtVerify(token, keys, {
        issuer: latchkeyUrl,
        audience,
        algorithms: ['EdDSA'],
        typ: signerTokenType,
        requiredClaims: ['sub', 'iat', 'exp', 'jti'],
        maxTokenAge: maxTokenAgeSeconds,
        clockTolerance: clockToleranceSeconds,
        currentDate: new Date(now()),
      });
      return readClaims(payload);
    } catch (error) {
      throw toRefusal(error);
    }
  };
}

function readClaims(payload: JWTPayload): VerifiedToken {
  const { sub = '', email, integration, objects_sha256: objectsDigest, scope } = payload;
  if (scope !== signerTokenScope) throw invalidToken(`The scope of the token is not ${signerTokenScope}.`);
  if (typeof email !== 'string' || typeof integration !== 'string' || typeof objectsDigest !== 'string')
    throw invalidToken('The token lacks one of the claims email, integration and objects_sha256.');
  return { userId: sub, email: email.toLowerCase(), integration, objectsDigest };
}

function toRefusal(error: unknown): RequestRefusal {
  if (error instanceof RequestRefusal) return error;
  if (error instanceof errors.JWTExpired) return invalidToken('The token has expired.');
  if (error instanceof errors.JWTClaimValidationFailed)
    return invalidToken(`The claim "${error.claim}" of the token is not as this signer needs it.`);
  if (error instanceof errors.JWKSNoMatchingKey) return invalidToken('The key of the token is not known.');
  if (error instanceof errors.JWSSignatureVerificationFailed)
    return invalidToken('The signature of the token does not verify.');
  const isOfToken =
    error instanceof errors.JWSInvalid ||
    error instanceof errors.JWTInvalid ||
    error instanceof errors.JOSEAlgNotAllowed ||
    error instanceof errors.JOSENotSupported;
  if (isOfToken) return invalidToken('The token is not one of Latchkey.');
  return new RequestRefusal(503, 'internal', 'The keys of Latchkey cannot be read at the moment.');
}

const invalidToken = (message: string) =>
  new RequestRefusal(401, 'invalid_token', message, { 'www-authenticate': 'Bearer error="invalid_token"' });
