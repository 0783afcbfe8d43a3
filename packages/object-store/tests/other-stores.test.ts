import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { StoreOptions } from '../src/object-store.js';
import { openObjectStore } from '../src/open-object-store.js';

async function directoryWith(files: Readonly<Record<string, string>>): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'latchkey-directory-'));
  onTestFinished(() => rm(directory, { recursive: true }));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(directory, name)), { recursive: true });
    await writeFile(join(directory, name), text);
  }
  return directory;
}

describe('a directory', () => {
  const open = async (files: Readonly<Record<string, string>>, options: Partial<StoreOptions> = {}) =>
    openObjectStore(await directoryWith(files), {
      environment: {},
      baseUrl: 'https://media.acme.com/x/',
      ...options,
    });
  const files = { 'b/2.jpg': '22', 'b/1.jpg': '1', 'b.jpg': '', 'a/c/d.jpg': '4444', '.hidden/e.jpg': '5' };

  it('lists its files in the order of keys, without hidden ones', async () => {
    const pages = [];
    for await (const page of (await open(files)).list('')) pages.push(page);
    expect(pages).toEqual([
      {
        objects: [
          { key: 'a/c/d.jpg', size: 4, isArchived: false },
          { key: 'b.jpg', size: 0, isArchived: false },
          { key: 'b/1.jpg', size: 1, isArchived: false },
          { key: 'b/2.jpg', size: 2, isArchived: false },
        ],
        after: null,
      },
    ]);
  });

  it('goes on behind a file', async () => {
    const keys = [];
    for await (const { objects } of (await open(files)).list('', 'b/1.jpg'))
      keys.push(...objects.map(({ key }) => key));
    expect(keys).toEqual(['b/2.jpg']);
  });

  it('writes the addresses of its files', async () => {
    expect((await open(files)).objectUrl('a b/c.jpg')).toBe('https://media.acme.com/x/a%20b/c.jpg');
  });

  it('refuses to be opened without the address of its files', async () => {
    await expect(open(files, { baseUrl: undefined })).rejects.toThrow(
      expect.objectContaining({ code: 'bad_store_option' }),
    );
  });
});

describe('a store of OBS', () => {
  const keys = { OBS_ACCESS_KEY_ID: 'id', OBS_SECRET_ACCESS_KEY: 'secret' };

  it('presigns at the endpoint of its URI', async () => {
    const store = await openObjectStore('obs://obs.eu-de.otc.t-systems.com/acme/img/', {
      environment: keys,
      now: () => 1_772_366_400_000,
    });
    expect(await store.presign('img/a.jpg', 3600)).toMatch(
      /^https:\/\/acme\.obs\.eu-de\.otc\.t-systems\.com\/img\/a\.jpg\?AccessKeyId=id&Expires=1772370000&Signature=/,
    );
  });

  it.each([
    ['bad_store_option', 'obs://acme/img', keys],
    ['no_credentials', 'obs://obs.eu-de.otc.t-systems.com/acme', { HOME: '/no/such/home' }],
  ])('says %s', async (code, uri, environment) => {
    await expect(openObjectStore(uri, { environment })).rejects.toThrow(expect.objectContaining({ code }));
  });
});
