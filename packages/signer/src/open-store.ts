import { MAX_V4_SECONDS } from '@latchkey/locator/presign/presign-error';
import { openObjectStore } from '@latchkey/object-store/open-object-store';
import type { OpenStore } from './sign-objects.js';
import { ObjectRefusal } from './signer-error.js';

/** Opens buckets with the credentials that the providers' own tools would use on this machine. */
export const storesOf =
  (environment: Readonly<Record<string, string | undefined>>): OpenStore =>
  async (bucketUri, settings) => {
    const store = await openObjectStore(`${bucketUri}/`, { ...settings, environment });
    const { maxExpirySeconds } = store;
    if (maxExpirySeconds === null)
      throw new ObjectRefusal('unsupported', 'The credentials of the signer cannot sign URLs of this store.');
    return {
      presign: (key, seconds, version) =>
        store.presign(key, Math.min(seconds, maxExpirySeconds, MAX_V4_SECONDS), version),
      sessionEnd: () => store.sessionEnd(),
    };
  };
