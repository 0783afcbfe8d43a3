import { createCipheriv, createDecipheriv, hkdfSync, type KeyObject } from 'node:crypto';
import { SpoolDamagedError } from './spool.js';

export const PLAIN_BYTES = 64 * 1024;
const TAG_BYTES = 16;
export const SEALED_BYTES = PLAIN_BYTES + TAG_BYTES;

const ALGORITHM = 'aes-256-gcm';
const NONCE_BYTES = 12;

/** Seals and opens the chunks of one manifest. The key is this manifest's alone, so a chunk's number is its nonce. */
export class ChunkCipher {
  readonly #name: string;
  readonly #dataKey: Buffer;

  constructor(key: KeyObject, name: string, salt: Uint8Array) {
    this.#name = name;
    this.#dataKey = Buffer.from(hkdfSync('sha256', key, salt, `latchkey spool 1 ${name}`, 32));
  }

  /**
   * A chunk that is not full is the last.
   * @returns how many bytes were put into `target` at `at`
   */
  seal(number: number, plain: Uint8Array, target: Buffer, at: number): number {
    const cipher = createCipheriv(ALGORITHM, this.#dataKey, nonce(number));
    cipher.setAAD(boundWith(number, plain.length < PLAIN_BYTES));
    const sealed = cipher.update(plain);
    cipher.final();
    sealed.copy(target, at);
    return sealed.length + cipher.getAuthTag().copy(target, at + sealed.length);
  }

  /** @throws {SpoolDamagedError} */
  open(number: number, sealed: Buffer): Buffer {
    const end = sealed.length - TAG_BYTES;
    if (end < 0) throw new SpoolDamagedError(this.#name, 'its last chunk is cut');
    const decipher = createDecipheriv(ALGORITHM, this.#dataKey, nonce(number), { authTagLength: TAG_BYTES });
    decipher.setAAD(boundWith(number, end < PLAIN_BYTES));
    decipher.setAuthTag(sealed.subarray(end));
    const plain = decipher.update(sealed.subarray(0, end));
    try {
      decipher.final();
    } catch {
      throw new SpoolDamagedError(this.#name, `chunk ${number} does not open with the key of this server`);
    }
    return plain;
  }
}

function nonce(number: number): Buffer {
  const bytes = Buffer.alloc(NONCE_BYTES);
  bytes.writeUIntBE(number, NONCE_BYTES - 6, 6);
  return bytes;
}

/** The number and whether it is the last chunk: neither can be changed unnoticed. */
function boundWith(number: number, isLast: boolean): Buffer {
  const bytes = Buffer.alloc(7);
  bytes.writeUIntBE(number, 0, 6);
  bytes[6] = isLast ? 1 : 0;
  return bytes;
}
