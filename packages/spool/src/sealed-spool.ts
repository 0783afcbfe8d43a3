import { type KeyObject, randomBytes } from 'node:crypto';
import { LatchkeyError } from '@latchkey/contract/errors';
import { ChunkCipher, PLAIN_BYTES, SEALED_BYTES } from './chunk-cipher.js';
import { RecentMap } from './recent-map.js';
import {
  type Allocate,
  checkKey,
  checkRange,
  type Spool,
  SpoolDamagedError,
  SpoolRangeError,
} from './spool.js';

const MAGIC = Buffer.from('LKS2');
const KEY_ID_BYTES = 4;
/** Before keys had ids. */
const FIRST_MAGIC = Buffer.from('LKSPOOL1');
const SALT_BYTES = 16;
const HEADER_BYTES = MAGIC.length + KEY_ID_BYTES + SALT_BYTES;
const CHUNKS_PER_BLOCK = 16;

export interface SpoolKey {
  /** 4 bytes. */
  readonly id: Uint8Array;
  readonly key: KeyObject;
}

/** The one that seals may change, those that open too. */
export interface SpoolKeys {
  readonly current: SpoolKey;
  /** What was written before keys had ids was sealed with it. */
  readonly oldest: SpoolKey;
  find(id: Uint8Array): SpoolKey | null;
}

/**
 * Seals what is written to `inner`: a header (magic, id of the key, random salt), then chunks of AES-256-GCM under a key of the
 * manifest's own. Every chunk but the last is full and the last never is, so a manifest that was cut is noticed.
 * `read` throws `SpoolDamagedError` for bytes that are not those written, and `secret_key_missing`.
 */
export function sealSpool(inner: Spool, keys: SpoolKeys): Spool {
  const kept = new RecentMap<ChunkCipher>();
  const cipherOf = async (name: string): Promise<ChunkCipher> => {
    const known = kept.get(name);
    if (known !== undefined) return known;
    const cipher = await readHeader(inner, name, keys);
    kept.set(name, cipher);
    return cipher;
  };
  return {
    async write(name, bytes) {
      checkKey(name);
      const salt = randomBytes(SALT_BYTES);
      const { id, key } = keys.current;
      await inner.write(
        name,
        seal(new ChunkCipher(key, name, salt), Buffer.concat([MAGIC, id, salt]), bytes),
      );
    },
    async read(name, start, end, allocate) {
      checkRange(start, end);
      const cipher = await cipherOf(name);
      return start === end ? Buffer.alloc(0) : openRange(inner, cipher, name, start, end, allocate);
    },
    remove(name) {
      kept.delete(name);
      return inner.remove(name);
    },
    check: () => inner.check(),
  };
}

async function readHeader(inner: Spool, name: string, keys: SpoolKeys): Promise<ChunkCipher> {
  const header = await inner.read(name, 0, HEADER_BYTES).catch((error: unknown) => {
    throw error instanceof SpoolRangeError ? new SpoolDamagedError(name, 'its header is cut') : error;
  });
  const salt = header.subarray(HEADER_BYTES - SALT_BYTES);
  if (header.subarray(0, FIRST_MAGIC.length).equals(FIRST_MAGIC))
    return new ChunkCipher(keys.oldest.key, name, salt);
  if (!header.subarray(0, MAGIC.length).equals(MAGIC))
    throw new SpoolDamagedError(name, 'its header is not one of ours');
  const id = header.subarray(MAGIC.length, MAGIC.length + KEY_ID_BYTES);
  const found = keys.find(id);
  if (found) return new ChunkCipher(found.key, name, salt);
  throw new LatchkeyError(
    'secret_key_missing',
    `The spooled ${name} was sealed with the secret key ${id.toString('hex')}, which this process does not have. Restart it with that key in LATCHKEY_PREVIOUS_SECRET_KEYS.`,
    { details: { secretKeyId: id.toString('hex') } },
  );
}

/** Yields one block of memory again and again, as the port allows. */
async function* seal(
  cipher: ChunkCipher,
  header: Buffer,
  bytes: AsyncIterable<Uint8Array>,
): AsyncGenerator<Buffer> {
  yield header;
  const block = Buffer.allocUnsafeSlow(SEALED_BYTES * CHUNKS_PER_BLOCK);
  const gathered = Buffer.allocUnsafeSlow(PLAIN_BYTES);
  let gatheredBytes = 0;
  let blockBytes = 0;
  let number = 0;
  for await (const source of bytes) {
    for (let at = 0; at < source.length; ) {
      const taken = Math.min(PLAIN_BYTES - gatheredBytes, source.length - at);
      const isWhole = taken === PLAIN_BYTES;
      if (!isWhole) gathered.set(source.subarray(at, at + taken), gatheredBytes);
      const plain = isWhole ? source.subarray(at, at + taken) : gathered;
      at += taken;
      gatheredBytes += taken;
      if (gatheredBytes < PLAIN_BYTES) continue;
      gatheredBytes = 0;
      blockBytes += cipher.seal(number++, plain, block, blockBytes);
      if (blockBytes < block.length) continue;
      yield block;
      blockBytes = 0;
    }
  }
  blockBytes += cipher.seal(number, gathered.subarray(0, gatheredBytes), block, blockBytes);
  yield block.subarray(0, blockBytes);
}

async function openRange(
  inner: Spool,
  cipher: ChunkCipher,
  name: string,
  start: number,
  end: number,
  allocate: Allocate | undefined,
): Promise<Buffer> {
  const { first, sealed } = await readChunks(inner, name, start, end, allocate);
  // Opened chunks go where the sealed ones were read: they are shorter.
  let opened = 0;
  let size = first * PLAIN_BYTES;
  let isLast = false;
  for (let at = 0; at < sealed.length; at += SEALED_BYTES) {
    const chunk = cipher.open(first + at / SEALED_BYTES, sealed.subarray(at, at + SEALED_BYTES));
    const piece = chunk.subarray(Math.max(0, start - size), end - size);
    sealed.set(piece, opened);
    opened += piece.length;
    size += chunk.length;
    isLast = chunk.length < PLAIN_BYTES;
  }
  if (end <= size) return sealed.subarray(0, opened);
  throw isLast ? new SpoolRangeError(name, size) : new SpoolDamagedError(name, 'its end is cut off');
}

/** The chunks that hold the range, or those up to the end of the file, at least the last one, if it goes beyond. */
async function readChunks(
  inner: Spool,
  name: string,
  start: number,
  end: number,
  allocate: Allocate | undefined,
): Promise<{ first: number; sealed: Buffer }> {
  const first = Math.floor(start / PLAIN_BYTES);
  try {
    const sealedEnd = chunkAt(Math.ceil(end / PLAIN_BYTES));
    return { first, sealed: await inner.read(name, chunkAt(first), sealedEnd, allocate) };
  } catch (error) {
    if (!(error instanceof SpoolRangeError)) throw error;
    if (error.size < HEADER_BYTES) throw new SpoolDamagedError(name, 'its header is cut');
    const last = Math.min(first, Math.floor((error.size - HEADER_BYTES) / SEALED_BYTES));
    return { first: last, sealed: await inner.read(name, chunkAt(last), error.size) };
  }
}

function chunkAt(number: number): number {
  return HEADER_BYTES + number * SEALED_BYTES;
}
