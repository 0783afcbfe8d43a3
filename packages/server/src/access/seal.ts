import { createCipheriv, createDecipheriv, randomFillSync } from 'node:crypto';
import { LatchkeyError } from '@latchkey/contract/errors';
import { packSecret, unpackSecret } from './pack-secret.js';
import { keyIdLength, type SealKey, type SecretKeys } from './secret-keys.js';

const nonceLength = 12;
const tagLength = 16;

/**
 * Seals a secret for one object: `context` (the identity hash) is authenticated with it, so that a sealed value
 * moved to another object does not open. Layout: key id, nonce, tag, ciphertext.
 */
export function seal(keys: SecretKeys, context: Buffer, secret: string): Buffer {
  const { id, key } = keys.current;
  const nonce = nextNonce();
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(context);
  const body = cipher.update(packSecret(secret));
  cipher.final();
  return Buffer.concat([id, nonce, cipher.getAuthTag(), body]);
}

const nonces = Buffer.alloc(1024 * nonceLength);
let noncesUsed = nonces.length;

/** Random numbers are cheap by the kilobyte: one by one they were a tenth of what a unit costs. */
function nextNonce(): Buffer {
  if (noncesUsed === nonces.length) {
    randomFillSync(nonces);
    noncesUsed = 0;
  }
  noncesUsed += nonceLength;
  return nonces.subarray(noncesUsed - nonceLength, noncesUsed);
}

/** The id of the key that a value was sealed with. */
export const keyIdOf = (sealed: Buffer): Buffer => sealed.subarray(0, keyIdLength);

/** Throws if the value was sealed with a key that is not here or for another object. */
export function unseal(keys: SecretKeys, context: Buffer, sealed: Buffer): string {
  const found = keys.find(keyIdOf(sealed)) ?? foundAnew(keys, keyIdOf(sealed));
  if (!found) {
    const id = keyIdOf(sealed).toString('hex');
    throw new LatchkeyError(
      'secret_key_missing',
      `A value in the database was sealed with the secret key ${id}, which this process does not have. The operator has to restart it with that key in LATCHKEY_PREVIOUS_SECRET_KEYS.`,
      { details: { secretKeyId: id } },
    );
  }
  const nonceEnd = keyIdLength + nonceLength;
  const decipher = createDecipheriv('aes-256-gcm', found.key, sealed.subarray(keyIdLength, nonceEnd));
  decipher.setAAD(context);
  decipher.setAuthTag(sealed.subarray(nonceEnd, nonceEnd + tagLength));
  const body = decipher.update(sealed.subarray(nonceEnd + tagLength));
  decipher.final();
  return unpackSecret(body);
}

/** Another process may have sealed with a key that was added since. */
function foundAnew(keys: SecretKeys, id: Buffer): SealKey | null {
  keys.reload();
  return keys.find(id);
}
