import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sealSpool } from '../src/sealed-spool.js';
import { type Spool, SpoolDamagedError } from '../src/spool.js';
import { directoryPlace, inChunks, keysOf, newKey, SECRET_KEYS } from './places.js';

const HEADER = 24;
const PLAIN_CHUNK = 65_536;
const CHUNK = PLAIN_CHUNK + 16;
const SIGNATURE = 'X-Amz-Signature=0123456789abcdef';

interface Sealed {
  key: string;
  plain: Buffer;
  /** The bytes on disk as they were written. */
  file: Buffer;
  /** Reads a range with a spool that knows nothing yet, after the file was changed. */
  readWith: (changed: Buffer, start?: number, end?: number) => Promise<Buffer>;
  path: string;
  inner: Spool;
}

async function sealedManifest(size: number): Promise<Sealed> {
  const { directory, spool: inner } = await directoryPlace();
  const key = newKey();
  const path = join(directory, key);
  const plain = Buffer.alloc(size, `{"objectUrl":"https://host/a?${SIGNATURE}"},`);
  await sealSpool(inner, SECRET_KEYS).write(key, inChunks(plain, [10_007]));
  const readWith = async (changed: Buffer, start = 0, end = size): Promise<Buffer> => {
    await writeFile(path, changed);
    return sealSpool(inner, SECRET_KEYS).read(key, start, end);
  };
  return { key, plain, file: await readFile(path), readWith, path, inner };
}

describe('a sealed manifest', () => {
  it('does not show what it holds', async () => {
    const { file, plain } = await sealedManifest(300_000);

    expect(plain.includes(SIGNATURE)).toBe(true);
    for (const text of [SIGNATURE, 'X-Amz', 'objectUrl', 'https']) expect(file.includes(text)).toBe(false);
  });

  it('is other bytes every time, for the same key and the same manifest too', async () => {
    const { key, plain, file, path, inner } = await sealedManifest(100);
    await inner.remove(key);
    await sealSpool(inner, SECRET_KEYS).write(key, inChunks(plain, [100]));
    const again = await readFile(path);

    expect(again.length).toBe(file.length);
    expect(again.subarray(8, HEADER).equals(file.subarray(8, HEADER))).toBe(false);
    expect(again.subarray(HEADER).equals(file.subarray(HEADER))).toBe(false);
  });

  it('is read at any place by just the chunks that hold it', async () => {
    const { plain, file, readWith } = await sealedManifest(5 * PLAIN_CHUNK);
    const changed = Buffer.from(file);
    changed.fill(0, HEADER, HEADER + 2 * CHUNK);
    changed.fill(0, HEADER + 4 * CHUNK);

    const [start, end] = [2 * PLAIN_CHUNK, 4 * PLAIN_CHUNK];
    expect((await readWith(changed, start, end)).equals(plain.subarray(start, end))).toBe(true);
    await expect(readWith(changed, start - 1, end)).rejects.toThrow(SpoolDamagedError);
    await expect(readWith(changed, start, end + 1)).rejects.toThrow(SpoolDamagedError);
  });

  it('is damaged by every byte that is flipped', async () => {
    const { file, readWith } = await sealedManifest(150);
    for (let at = 0; at < file.length; at += 1) {
      const changed = Buffer.from(file);
      changed[at] = (changed[at] ?? 0) ^ 1;
      const isKeyId = at >= 4 && at < 8;
      const refused = isKeyId ? { code: 'secret_key_missing' } : { name: 'SpoolDamagedError' };
      await expect(readWith(changed), `byte ${at}`).rejects.toMatchObject(refused);
    }
  });

  it('is damaged by a byte that is flipped in any of its chunks', async () => {
    const { file, readWith } = await sealedManifest(3 * PLAIN_CHUNK);
    for (let at = HEADER + 5; at < file.length; at += 1001) {
      const changed = Buffer.from(file);
      changed[at] = (changed[at] ?? 0) ^ 0x80;
      const chunk = Math.min(2, Math.floor((at - HEADER) / CHUNK));
      await expect(
        readWith(changed, chunk * PLAIN_CHUNK, (chunk + 1) * PLAIN_CHUNK),
        `byte ${at}`,
      ).rejects.toThrow(SpoolDamagedError);
    }
  });

  it('is damaged when chunks change places, come twice or are left out', async () => {
    const { file, readWith } = await sealedManifest(3 * PLAIN_CHUNK + 10);
    const header = file.subarray(0, HEADER);
    const [a, b, c, d] = [0, 1, 2, 3].map((n) => file.subarray(HEADER + n * CHUNK, HEADER + (n + 1) * CHUNK));
    if (!a || !b || !c || !d) throw new Error('There are four chunks.');
    const readAll = (...chunks: Buffer[]) => readWith(Buffer.concat([header, ...chunks]));

    await expect(readAll(b, a, c, d)).rejects.toThrow(SpoolDamagedError);
    await expect(readAll(a, b, b, d)).rejects.toThrow(SpoolDamagedError);
    await expect(readAll(a, c, d)).rejects.toThrow(SpoolDamagedError);
    await expect(readAll(a, b, c, c)).rejects.toThrow(SpoolDamagedError);
    expect(await readAll(a, b, c, d)).toHaveLength(3 * PLAIN_CHUNK + 10);
  });

  it.each([0, 23, 24, 39, 40, 1000, CHUNK, HEADER + CHUNK, HEADER + 2 * CHUNK, HEADER + 2 * CHUNK + 15])(
    'is damaged when it is cut after %s bytes',
    async (length) => {
      const { file, readWith } = await sealedManifest(2 * PLAIN_CHUNK + 500);

      await expect(readWith(file.subarray(0, length))).rejects.toThrow(SpoolDamagedError);
      await expect(
        readWith(file.subarray(0, length), 2 * PLAIN_CHUNK, 2 * PLAIN_CHUNK + 500),
      ).rejects.toThrow(SpoolDamagedError);
    },
  );

  it.each([0, PLAIN_CHUNK, 2 * PLAIN_CHUNK])(
    'of %s bytes is damaged when its last chunk, which is empty, is cut off',
    async (size) => {
      const { file, readWith } = await sealedManifest(size);

      await expect(readWith(file.subarray(0, -16), 0, size + 1)).rejects.toThrow(SpoolDamagedError);
    },
  );

  it('opens with its own key only, and under its own name only', async () => {
    const { key, file, path, inner, readWith } = await sealedManifest(100);
    await expect(sealSpool(inner, keysOf(8)).read(key, 0, 100)).rejects.toMatchObject({
      code: 'secret_key_missing',
    });
    const otherName = newKey();
    await rename(path, path.replace(key, otherName));
    await expect(sealSpool(inner, SECRET_KEYS).read(otherName, 0, 100)).rejects.toThrow(SpoolDamagedError);

    expect(await readWith(file)).toHaveLength(100);
  });

  it('opens with a key that was replaced since, and is written with the one in its place', async () => {
    const { key, plain, file, inner } = await sealedManifest(100);
    const replaced = sealSpool(inner, keysOf(8, 7));
    expect((await replaced.read(key, 0, 100)).equals(plain)).toBe(true);
    const later = newKey();
    await replaced.write(later, inChunks(plain, [100]));
    expect((await sealSpool(inner, keysOf(8)).read(later, 0, 100)).equals(plain)).toBe(true);
    await expect(sealSpool(inner, SECRET_KEYS).read(later, 0, 100)).rejects.toMatchObject({
      code: 'secret_key_missing',
    });
    expect(file.subarray(0, 8)).toEqual(Buffer.from('LKS2\x07\x07\x07\x07'));
  });

  it('opens with the oldest key where its header names none, as before keys had ids', async () => {
    const { key, plain, file, path, inner } = await sealedManifest(100);
    const unnamed = Buffer.from(file);
    unnamed.write('LKSPOOL1');
    await writeFile(path, unnamed);
    expect((await sealSpool(inner, keysOf(9, 8, 7)).read(key, 0, 100)).equals(plain)).toBe(true);
  });
});
