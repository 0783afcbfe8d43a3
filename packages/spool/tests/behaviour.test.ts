import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { SpoolMissingError, SpoolRangeError } from '../src/spool.js';
import { inChunks, newKey, places } from './places.js';

const MB_20 = randomBytes(20_000_000);

describe.each(Object.keys(places))('a %s spool', (kind) => {
  const open = () => {
    const place = places[kind];
    if (place === undefined) throw new Error(kind);
    return place();
  };

  it.each([0, 1, 15, 65_535, 65_536, 65_537, 131_072, 1_000_003, 2_000_006])(
    'gives back %s bytes',
    async (size) => {
      const { spool } = await open();
      const [key, bytes] = [newKey(), MB_20.subarray(0, size)];

      await spool.write(key, inChunks(bytes, [65_536]));

      expect((await spool.read(key, 0, size)).equals(bytes)).toBe(true);
      await expect(spool.read(key, 0, size + 1)).rejects.toThrow(new SpoolRangeError(key, size));
      await expect(spool.read(key, size + 500_000, size + 500_001)).rejects.toThrow(SpoolRangeError);
    },
  );

  it.each([
    ['one chunk', [MB_20.length]],
    ['odd chunks', [7, 65_536, 1, 100_001]],
    ['chunks of which some are empty', [65_535, 0, 2]],
  ])('gives back any range of 20 MB that came in %s', async (_name, sizes) => {
    const { spool } = await open();
    const key = newKey();
    await spool.write(key, inChunks(MB_20, sizes));

    expect((await spool.read(key, 0, MB_20.length)).equals(MB_20)).toBe(true);
    for (let turn = 0; turn < 40; turn += 1) {
      const start = Math.floor(Math.random() * MB_20.length);
      const length = Math.floor(Math.random() ** 3 * (MB_20.length - start));
      const read = await spool.read(key, start, start + length);
      expect(read.equals(MB_20.subarray(start, start + length)), `${start}+${length}`).toBe(true);
    }
  });

  it('reads the same into memory that held something else', async () => {
    const { spool } = await open();
    const key = newKey();
    await spool.write(key, inChunks(MB_20, [100_001]));
    const memory = Buffer.alloc(MB_20.length, 0xee);

    for (const [start, end] of [
      [1_000_000, 3_000_000],
      [0, 10],
      [65_530, 131_080],
    ] as const) {
      const read = await spool.read(key, start, end, (bytes) => memory.subarray(0, bytes));
      expect(read.equals(MB_20.subarray(start, end)), `${start} to ${end}`).toBe(true);
    }
  });

  it('knows nothing of a key that was not written', async () => {
    const { spool } = await open();

    await expect(spool.read(newKey(), 0, 1)).rejects.toThrow(SpoolMissingError);
    await expect(spool.read(newKey(), 0, 0)).rejects.toThrow(SpoolMissingError);
    await spool.remove(newKey());
  });

  it('forgets a manifest that is removed and keeps the others', async () => {
    const { spool, names } = await open();
    const [gone, kept] = [newKey(), newKey()];
    for (const key of [gone, kept]) await spool.write(key, inChunks(MB_20.subarray(0, 3_000_000), [65_536]));
    await spool.read(gone, 0, 10);

    await spool.remove(gone);

    await expect(spool.read(gone, 0, 10)).rejects.toThrow(SpoolMissingError);
    expect(await spool.read(kept, 0, 10)).toEqual(MB_20.subarray(0, 10));
    expect((await names()).every((name) => name.includes(kept))).toBe(true);
    await spool.remove(kept);
    expect(await names()).toEqual([]);
  });

  it('passes on why its source ended, and keeps nothing of it', async () => {
    const { spool, names } = await open();
    const key = newKey();
    const hangUp = new Error('The client hung up.');
    async function* ended(): AsyncGenerator<Buffer> {
      yield* inChunks(MB_20.subarray(0, 5_000_000), [65_536]);
      throw hangUp;
    }

    await expect(spool.write(key, ended())).rejects.toBe(hangUp);

    expect(await names()).toEqual([]);
    await expect(spool.read(key, 0, 1)).rejects.toThrow(SpoolMissingError);
  });

  it('takes manifests of different keys at once', async () => {
    const { spool } = await open();
    const keys = [newKey(), newKey()];
    const bytesOf = (index: number) => MB_20.subarray(index * 1000, 6_000_000 + index);

    await Promise.all(keys.map((key, index) => spool.write(key, inChunks(bytesOf(index), [9_999]))));

    for (const [index, key] of keys.entries()) {
      const bytes = bytesOf(index);
      expect((await spool.read(key, 0, bytes.length)).equals(bytes)).toBe(true);
    }
  });

  it.each(['', '../etc/passwd', 'a.manifest', `${newKey()}/x`, newKey().toUpperCase()])(
    'refuses the key "%s"',
    async (key) => {
      const { spool, names } = await open();

      await expect(spool.write(key, inChunks(MB_20.subarray(0, 1), [1]))).rejects.toThrow(TypeError);
      await expect(spool.read(key, 0, 1)).rejects.toThrow(TypeError);
      await expect(spool.remove(key)).rejects.toThrow(TypeError);
      expect(await names()).toEqual([]);
    },
  );

  it.each([
    [-1, 1],
    [2, 1],
    [0.5, 1],
    [0, Number.NaN],
  ])('refuses the range %s to %s', async (start, end) => {
    const { spool } = await open();

    await expect(spool.read(newKey(), start, end)).rejects.toThrow(TypeError);
  });

  it('checks that it can be written and read, and leaves nothing', async () => {
    const { spool, names } = await open();

    await spool.check();

    expect(await names()).toEqual([]);
  });
});
