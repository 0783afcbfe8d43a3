import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { blockBytes } from './blocks.js';
import { CachedObject } from './cached-object.js';
import { ObjectStore } from './object-store.js';

it('drops blocks that the disk does not keep up with, and holds no more than 64 MiB for it', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'latchkey-gateway-store-'));
  onTestFinished(() => rm(directory, { recursive: true }));
  const store = new ObjectStore({
    directory,
    maxBytes: 1e9,
    maxMemoryBytes: 0,
    makeRoom: () => false,
    forget: () => undefined,
    onError: (error) => {
      throw error;
    },
  });
  const blocks = 300;
  const head = {
    etag: '"1"',
    size: blocks * blockBytes,
    lastModified: null,
    contentType: 'video/mp4',
    description: [],
  };
  const origin = { identity: '', fetch: () => expect.unreachable(), close: async () => undefined };
  const object = new CachedObject(1, head, { origin, key: 'a', query: [] }, store, true);
  const block = Buffer.alloc(blockBytes, 7);
  for (let index = 0; index < blocks; index += 1) store.save(object, index, block);
  expect(object.writing.size).toBe(256);
  await expect.poll(() => object.writing.size).toBe(0);
  expect([object.isKept, store.usedBytes]).toEqual([true, 256 * blockBytes]);
  store.save(object, 299, block);
  await expect.poll(() => object.stored[299]).toBe(1);
  expect((await store.load(object, 299))?.equals(block)).toBe(true);
  store.close();
});
