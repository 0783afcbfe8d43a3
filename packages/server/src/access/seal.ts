import { createCipheriv, createDecipheriv, createHash, type KeyObject, randomFillSync } from 'node:crypto';
import { packSecret, unpackSecret } from './pack-secret.js';

/** AES-256-GCM. The id, the first 4 bytes of the key's SHA-256, is stored beside each sealed value so that keys can rotate. */
export interface SealKey {
  readonly id: Buffer;
  readonly key: KeyObject;
}

const idLength = 4;
const nonceLength = 12;
const tagLength = 16;

export function toSealKey(key: KeyObject): SealKey {
  return { id: createHash('sha256').update(key.export()).digest().subarray(0, idLength), key };
}

/**
 * Seals a secret for one object: `context` (the identity hash) is authenticated with it, so that a sealed value
 * moved to another object does not open. Layout: key id, nonce, tag, ciphertext.
 */
export function seal({ id, key }: SealKey, context: Buffer, secret: string): Buffer {
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

/** Throws if the value was sealed with another key or for another object. */
export function unseal({ id, key }: SealKey, context: Buffer, sealed: Buffer): string {
  if (!sealed.subarray(0, idLength).equals(id)) {
    throw new Error(
      'A signature in the database was sealed with another key. Start with the LATCHKEY_SECRET_KEY that it was sealed with.',
    );
  }
  const nonceEnd = idLength + nonceLength;
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(idLength, nonceEnd));
  decipher.setAAD(context);
  decipher.setAuthTag(sealed.subarray(nonceEnd, nonceEnd + tagLength));
  const body = decipher.update(sealed.subarray(nonceEnd + tagLength));
  decipher.final();
  return unpackSecret(body);
}
