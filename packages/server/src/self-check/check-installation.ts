import type { Executor } from '@latchkey/db/engine/executor';
import type { InstallationRow } from '@latchkey/db/installation/installation';
import { listSecretKeys } from '@latchkey/db/secret-keys/reader';
import { keyCheckOf, type SecretKeys } from '../access/secret-keys.js';
import { ConfigError } from '../config/settings.js';
import { foreignKey, mustHaveAll } from '../secret-keys/needed-keys.js';
import { type Finding, failure, ok } from './check-result.js';

const hint = 'Until then the server does not start, and signatures of the database cannot be read.';

/** Whether this process has each secret key that the database needs. */
export async function checkInstallation(
  db: Executor,
  installation: InstallationRow | null,
  secretKeys: SecretKeys | null,
): Promise<Finding> {
  if (installation === null) return ok('no server has used the database yet');
  if (secretKeys === null)
    return failure(
      'The database is sealed with a secret key, and there is none here.',
      'Restore the file secret.key into LATCHKEY_DATA_DIR, or set LATCHKEY_SECRET_KEY, before you start the server.',
    );
  try {
    const known = await listSecretKeys(db);
    if (installation.secret_key_id === null) {
      if (!secretKeys.all.some((key) => keyCheckOf(key).equals(installation.key_check))) throw foreignKey();
      return ok('the key here is the one of the database');
    }
    const isNew = !known.some(({ id }) => id.equals(secretKeys.newest.id));
    mustHaveAll(secretKeys, known, isNew);
    if (isNew)
      return ok('a new key is here: from the next start it seals, and older values are sealed again');
    return ok('every key that the database needs is here');
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return failure(error.message, hint);
  }
}
