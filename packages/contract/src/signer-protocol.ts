import { type Static, Type } from 'typebox';

/** The protocol between the browser and a signer. docs/signer.md specifies it. */
export const signerProtocolVersion = 1;

/** `typ` of a token, so that no other token of the same key is taken for one. */
export const signerTokenType = 'latchkey-signer+jwt';
export const signerTokenScope = 'objects:read';

export const SignerClaims = Type.Object({
  iss: Type.String(),
  aud: Type.String(),
  sub: Type.String(),
  iat: Type.Integer(),
  exp: Type.Integer(),
  jti: Type.String(),
  scope: Type.Literal(signerTokenScope),
  /** E-mail address of the user. */
  email: Type.String(),
  integration: Type.String(),
  /** `objectsDigest` of the objects that the token is good for. */
  objects_sha256: Type.String(),
});
export type SignerClaims = Static<typeof SignerClaims>;

export const SignerRequest = Type.Object({
  version: Type.Literal(signerProtocolVersion),
  objects: Type.Array(Type.String()),
});
export type SignerRequest = Static<typeof SignerRequest>;

/** Why a signer gives no URL of one object. */
export const signerObjectErrors = ['forbidden', 'not_found', 'unsupported', 'internal'] as const;
/** Why a signer refuses a request as a whole. */
export const signerRequestErrors = [
  'invalid_request',
  'invalid_token',
  'objects_not_in_token',
  'too_many_objects',
  'rate_limited',
  'internal',
] as const;
export type SignerObjectErrorCode = (typeof signerObjectErrors)[number];
export type SignerRequestErrorCode = (typeof signerRequestErrors)[number];

const SignerError = Type.Object({ code: Type.String(), message: Type.String() });

export const SignerRefusal = Type.Object({ error: SignerError });
export type SignerRefusal = Static<typeof SignerRefusal>;

export const SignedObject = Type.Object({
  object: Type.String(),
  url: Type.String(),
  expiresAt: Type.String(),
});
export type SignedObject = Static<typeof SignedObject>;
export const RefusedObject = Type.Object({ object: Type.String(), error: SignerError });
export type RefusedObject = Static<typeof RefusedObject>;

export const SignerAnswer = Type.Object({
  version: Type.Literal(signerProtocolVersion),
  objects: Type.Array(Type.Union([SignedObject, RefusedObject])),
});
export type SignerAnswer = Static<typeof SignerAnswer>;

/** Base64url of the SHA-256 of the objects, one a line, in their order. Binds a token to one request. */
export async function objectsDigest(objects: readonly string[]): Promise<string> {
  const text = new TextEncoder().encode(objects.join('\n'));
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', text));
  return btoa(String.fromCharCode(...digest))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}
