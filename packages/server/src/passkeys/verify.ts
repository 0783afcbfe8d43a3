import { LatchkeyError } from '@latchkey/contract/errors';
import type { CreatedCredential, SignedCredential } from '@latchkey/contract/schemas/passkey';
import type { PasskeyRow } from '@latchkey/db/passkeys/reader';
import type { RelyingParty } from './relying-party.js';

/** Ed25519, ECDSA with P-256 and SHA-256, RSA with SHA-256: what authenticators have (COSE). */
export const algorithms = [-8, -7, -257];

interface Expected {
  readonly challenge: string;
  readonly relyingParty: RelyingParty;
}

export interface VerifiedCreation {
  readonly credentialId: Buffer;
  readonly publicKey: Buffer;
  readonly signCount: number;
  readonly syncState: PasskeyRow['sync_state'];
}

/** Throws `passkey_refused`. */
export async function verifyCreation(
  credential: CreatedCredential,
  { challenge, relyingParty }: Expected,
): Promise<VerifiedCreation> {
  return refusing(async () => {
    const { verifyRegistrationResponse } = await import('@simplewebauthn/server');
    await mustHaveNoCertificates(credential.response.attestationObject);
    const result = await verifyRegistrationResponse({
      response: { ...credential, clientExtensionResults: {} },
      expectedChallenge: challenge,
      expectedOrigin: relyingParty.origin,
      expectedRPID: relyingParty.id,
      requireUserVerification: true,
      supportedAlgorithmIDs: algorithms,
    });
    if (!result.verified) throw new LatchkeyError('passkey_refused');
    const { credential: made, credentialDeviceType, credentialBackedUp } = result.registrationInfo;
    return {
      credentialId: Buffer.from(made.id, 'base64url'),
      publicKey: Buffer.from(made.publicKey),
      signCount: made.counter,
      syncState: syncStateOf(credentialDeviceType, credentialBackedUp),
    };
  });
}

/** Throws `passkey_refused`. */
export async function verifyUse(
  credential: SignedCredential,
  publicKey: Buffer,
  { challenge, relyingParty }: Expected,
): Promise<Pick<VerifiedCreation, 'signCount' | 'syncState'>> {
  return refusing(async () => {
    const { verifyAuthenticationResponse } = await import('@simplewebauthn/server');
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: { ...credential, clientExtensionResults: {} },
      expectedChallenge: challenge,
      expectedOrigin: relyingParty.origin,
      expectedRPID: relyingParty.id,
      requireUserVerification: true,
      // The count is compared where it is stored, when the signature is known to be right: two uses at a time are told apart.
      credential: { id: credential.id, publicKey: new Uint8Array(publicKey), counter: 0 },
    });
    if (!verified) throw new LatchkeyError('passkey_refused');
    const { newCounter, credentialDeviceType, credentialBackedUp } = authenticationInfo;
    return { signCount: newCounter, syncState: syncStateOf(credentialDeviceType, credentialBackedUp) };
  });
}

/**
 * Makers' certificates name lists of those that were revoked, which the library would fetch by itself. None were asked
 * for, so browsers send none.
 */
async function mustHaveNoCertificates(attestationObject: string): Promise<void> {
  const { decodeAttestationObject } = await import('@simplewebauthn/server/helpers');
  const attestation = decodeAttestationObject(new Uint8Array(Buffer.from(attestationObject, 'base64url')));
  const format = attestation.get('fmt');
  const isByItself = format === 'packed' && attestation.get('attStmt').get('x5c') === undefined;
  if (format !== 'none' && !isByItself)
    throw new LatchkeyError(
      'passkey_refused',
      'The device has sent a certificate of its maker, which is not taken. Let the browser send none.',
    );
}

const syncStateOf = (
  deviceType: 'singleDevice' | 'multiDevice',
  isBackedUp: boolean,
): PasskeyRow['sync_state'] => {
  if (deviceType === 'singleDevice') return 'deviceBound';
  return isBackedUp ? 'synced' : 'syncable';
};

/** Whatever the library finds wrong with an answer. */
async function refusing<Result>(verify: () => Promise<Result>): Promise<Result> {
  try {
    return await verify();
  } catch (cause) {
    if (cause instanceof LatchkeyError) throw cause;
    throw new LatchkeyError('passkey_refused', undefined, { cause });
  }
}
