import type { SecretKeyRow } from '@latchkey/db/secret-keys/reader';
import { keyCheckOf, type SecretKeys } from '../access/secret-keys.js';
import { ConfigError } from '../config/settings.js';

export const foreignKey = () =>
  new ConfigError(
    'LATCHKEY_SECRET_KEY is not the key that this database was set up with. Give every process that key: without it the signatures in the database are lost. To replace it, give it in LATCHKEY_PREVIOUS_SECRET_KEYS beside the new one.',
  );

/** Of the keys that something is sealed with. `isNew`: the newest of this process was never seen by the database. */
export function mustHaveAll(secretKeys: SecretKeys, known: readonly SecretKeyRow[], isNew: boolean): void {
  const needed = known.filter(({ unused_since }) => unused_since === null);
  const missing = needed.filter(({ id, key_check }) => {
    const key = secretKeys.find(id);
    return !key || !keyCheckOf(key).equals(key_check);
  });
  if (missing.length === 0) return;
  if (isNew && missing.some(({ replaced_at }) => replaced_at === null)) throw foreignKey();
  const ids = missing.map(({ id }) => id.toString('hex')).join(', ');
  throw new ConfigError(
    `Secret keys that this database still needs are missing: ${ids}. Give them in LATCHKEY_PREVIOUS_SECRET_KEYS, or put their lines back into the file secret.key, until "latchkey key list" says that they can be dropped.`,
  );
}
