import { limits } from '@latchkey/contract/limits';
import type { SignerGrant } from '@latchkey/contract/schemas/signer';
import {
  objectsDigest,
  type SignerClaims,
  signerTokenScope,
  signerTokenType,
} from '@latchkey/contract/signer-protocol';
import type { SignerRow } from '@latchkey/db/integrations/reader';
import { SignJWT } from 'jose';
import { v7 as uuidv7 } from 'uuid';
import type { AppContext, Caller } from '../context.js';
import { signerOrigin } from './signer-url.js';
import { mustHaveSigningKey } from './signing-keys.js';

export interface NewGrant {
  readonly caller: Caller;
  readonly signer: SignerRow;
  readonly objects: readonly string[];
  /** Where users reach the server. */
  readonly origin: string;
}

export interface MadeGrant {
  readonly grant: SignerGrant;
  readonly tokenId: string;
}

/** A token for one request to a signer. The caller of this function records it before it leaves. */
export async function makeGrant(context: AppContext, wanted: NewGrant): Promise<MadeGrant> {
  const { caller, signer, objects, origin } = wanted;
  const key = await mustHaveSigningKey(context);
  const issuedAt = Math.floor(context.now() / 1000);
  const expiresAt = issuedAt + limits.signerTokenSeconds;
  const tokenId = uuidv7();
  const claims: SignerClaims = {
    iss: origin,
    aud: signerOrigin(signer.signer_url),
    sub: caller.userId,
    iat: issuedAt,
    exp: expiresAt,
    jti: tokenId,
    scope: signerTokenScope,
    email: caller.email,
    integration: signer.id,
    objects_sha256: await objectsDigest(objects),
  };
  const token = await new SignJWT(claims)
    .setProtectedHeader({ alg: 'EdDSA', typ: signerTokenType, kid: key.id })
    .sign(key.privateKey);
  const grant = {
    integrationUuid: signer.id,
    signerUrl: signer.signer_url,
    token,
    expiresAt: new Date(expiresAt * 1000).toISOString(),
    objects: [...objects],
    allowedHosts: signer.allowed_hosts,
  };
  return { grant, tokenId };
}
