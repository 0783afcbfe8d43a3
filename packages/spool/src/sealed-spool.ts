import { type KeyObject, randomBytes } from 'node:crypto';
import { ChunkCipher, PLAIN_BYTES, SEALED_BYTES } from './chunk-cipher.js';
import { RecentMap } from './recent-map.js';
import { checkKey, checkRange, type Spool, SpoolDamagedError, SpoolRangeError } from './spool.js';

const MAGIC = Buffer.from('LKSPOOL1');
const SALT_BYTES = 16;
const HEADER_BYTES = MAGIC.length + SALT_BYTES;
const CHUNKS_PER_BLOCK = 16;

/**
 * Seals what is written to `inner`: a header (magic, random salt), then chunks of AES-256-GCM under a key of the
 * manifest's own. Every chunk but the last is full and the last never is, so a manifest that was cut is noticed.
 * `read` throws `SpoolDamagedError` for bytes that are not those written.
 */
export function sealSpool(inner: Spool, key: KeyObject): Spool {
  const kept = new RecentMap<ChunkCipher>();
  const cipherOf = async (name: string): Promise<ChunkCipher> => {
    const known = kept.get(name);
    if (known !== undefined) return known;
    const cipher = new ChunkCipher(key, name, await readSalt(inner, name));
    kept.set(name, cipher);
    return cipher;
  };
  return {
    async write(name, bytes) {
      checkKey(name);
      const salt = randomBytes(SALT_BYTES);
      await inner.write(name, seal(new ChunkCipher(key, name, salt), salt, bytes));
    },
    async read(name, start, end) {
      checkRange(start, end);
      const cipher = await cipherOf(name);
      return start === end ? Buffer.alloc(0) : openRange(inner, cipher, name, start, end);
    },
    remove(name) {
      kept.delete(name);
      return inner.remove(name);
    },
    check: () => inner.check(),
  };
}

async function readSalt(inner: Spool, name: string): Promise<Buffer> {
  const header = await inner.read(name, 0, HEADER_BYTES).catch((error: unknown) => {
    throw error instanceof SpoolRangeError ? new SpoolDamagedError(name, 'its header is cut') : error;
  });
  if (header.subarray(0, MAGIC.length).equals(MAGIC)) return header.subarray(MAGIC.length);
  throw new SpoolDamagedError(name, 'its header is not one of ours');
}

/** Yields one block of memory again and again, as the port allows. */
async function* seal(
  cipher: ChunkCipher,
  salt: Buffer,
  bytes: AsyncIterable<Uint8Array>,
): AsyncGenerator<Buffer> {
  yield Buffer.concat([MAGIC, salt]);
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
): Promise<Buffer> {
  const { first, sealed } = await readChunks(inner, name, start, end);
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
): Promise<{ first: number; sealed: Buffer }> {
  const first = Math.floor(start / PLAIN_BYTES);
  try {
    return { first, sealed: await inner.read(name, chunkAt(first), chunkAt(Math.ceil(end / PLAIN_BYTES))) };
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
