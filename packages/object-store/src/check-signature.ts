import { ObjectStoreError } from './object-store-error.js';
import { askStore, errorCodeOf, speaksOfKey } from './store-request.js';

/**
 * Asks for one byte of an object by a URL that was signed here. What the store says of the object does not matter, for
 * it may be gone.
 * @throws {ObjectStoreError} `store_denied` if it refuses the key that signed; `store_unreachable`
 */
export async function checkSignature(url: string, signal?: AbortSignal): Promise<void> {
  const answer = await askStore({
    what: 'a URL that was signed here',
    url: async () => url,
    headers: async () => ({ range: 'bytes=0-0' }),
    ignoresBody: true,
    signal,
  });
  const code = errorCodeOf(answer);
  if (!speaksOfKey(code)) return;
  throw new ObjectStoreError(
    'store_denied',
    `The store refuses what was signed here, with ${answer.status} (${code}): nothing was renewed.`,
    'The credentials are not those of this store: check the secret key, the endpoint, the region and the clock.',
  );
}
