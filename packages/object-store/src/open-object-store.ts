import { openAzureStore } from './azure-store.js';
import { openDirectoryStore } from './directory-store.js';
import { openGcsStore } from './gcs-store.js';
import type { ObjectStore, StoreOptions } from './object-store.js';
import { openObsStore } from './obs-store.js';
import { openS3Store } from './s3-store.js';
import { parseStoreUri } from './store-uri.js';

/**
 * The store that a URI names (`s3://bucket/prefix`, `gs://bucket/prefix`, `az://account/container/prefix`,
 * `obs://endpoint/bucket/prefix`, or a directory), with the credentials that its provider's own tools would use.
 *
 * @example
 *   const store = await openObjectStore('s3://acme/streets/', { environment: process.env });
 *   for await (const { objects } of store.list(store.prefix)) for (const { key } of objects)
 *     console.log(await store.presign(key, 3600));
 * @throws {ObjectStoreError} `bad_uri`, `bad_store_option`, `no_credentials`; {PresignError} for names of no bucket
 */
export async function openObjectStore(uri: string, options: StoreOptions): Promise<ObjectStore> {
  const place = parseStoreUri(uri);
  switch (place.kind) {
    case 's3':
      return openS3Store(place, options);
    case 'gcs':
      return openGcsStore(place, options);
    case 'obs':
      return openObsStore(place, options);
    case 'azure':
      return openAzureStore(place, options);
    case 'directory':
      return openDirectoryStore(place.path, options);
  }
}
