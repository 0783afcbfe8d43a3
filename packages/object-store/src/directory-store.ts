import { type Dirent, statSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { escapeKey } from '@latchkey/locator/presign/bucket-address';
import type { ListedObject, ListPage, ObjectStore, StoreOptions } from './object-store.js';
import { ObjectStoreError } from './object-store-error.js';

const PAGE_SIZE = 1000;

/** The files below a directory, which something serves under `baseUrl`. Nothing is signed. */
export function openDirectoryStore(path: string, { baseUrl }: StoreOptions): ObjectStore {
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) {
    throw new ObjectStoreError(
      'bad_uri',
      `${path} is no directory.`,
      'Give a directory, or s3://, gs://, az:// or obs:// and a bucket.',
    );
  }
  if (!baseUrl || !/^https?:\/\/[^/?#]+[^?#]*$/i.test(baseUrl)) {
    throw new ObjectStoreError(
      'bad_store_option',
      'A directory needs the address under which its files are served.',
      'Give --base-url https://host/path, without a query.',
    );
  }
  const base = baseUrl.replace(/\/$/, '');
  return {
    prefix: '',
    maxExpirySeconds: null,
    list: (prefix, after = null, signal) => pagesOf(path, prefix, after, signal),
    presign: async () => {
      throw new ObjectStoreError('cannot_sign', 'URLs of a directory are not signed.', 'Add --unsigned.');
    },
    objectUrl: (key) => `${base}/${escapeKey(key)}`,
    sessionEnd: () => null,
  };
}

async function* pagesOf(
  root: string,
  prefix: string,
  after: string | null,
  signal?: AbortSignal,
): AsyncGenerator<ListPage, void, undefined> {
  let objects: ListedObject[] = [];
  for await (const key of keysBelow(root, '', after)) {
    signal?.throwIfAborted();
    if (!key.startsWith(prefix) || (after !== null && !isBehind(key, after))) continue;
    objects.push({ key, size: (await stat(join(root, key))).size, isArchived: false });
    if (objects.length < PAGE_SIZE) continue;
    yield { objects, after: key };
    objects = [];
  }
  yield { objects, after: null };
}

/** As object stores order keys: a directory stands where its files do. Hidden ones are left out. */
async function* keysBelow(root: string, folder: string, after: string | null): AsyncGenerator<string> {
  const entries = (await readdir(join(root, folder), { withFileTypes: true }))
    .filter(({ name }) => !name.startsWith('.'))
    .map((entry) => ({ entry, order: Buffer.from(isFolder(entry) ? `${entry.name}/` : entry.name) }))
    .sort((a, b) => a.order.compare(b.order));
  for (const { entry } of entries) {
    const key = `${folder}${entry.name}`;
    if (entry.isFile()) yield key;
    // What lies before the place to go on from is not read again.
    else if (isFolder(entry) && (after === null || isBehind(`${key}/\u{10ffff}`, after)))
      yield* keysBelow(root, `${key}/`, after);
  }
}

const isFolder = (entry: Dirent): boolean => entry.isDirectory();

const isBehind = (key: string, after: string): boolean => Buffer.from(key).compare(Buffer.from(after)) > 0;
