import { stat } from 'node:fs/promises';
import { SecretKeys } from '../access/secret-keys.js';
import { readKeyLines, secretKeyPath } from '../config/secret-key-file.js';
import { readSecretKeys, usesKeyFile } from '../config/secret-keys.js';
import { ConfigError, type Environment } from '../config/settings.js';
import { countOf } from '../http/count-of.js';
import { type Finding, failure, ok, warning } from './check-result.js';

const othersMayRead = 0o077;

export interface OwnKeys {
  readonly finding: Finding;
  /** Null: there are none yet, or they cannot be read. */
  readonly secretKeys: SecretKeys | null;
}

/** Looks at the secret keys of this process without making one. */
export async function checkSecretKeys(environment: Environment, dataDir: string): Promise<OwnKeys> {
  const path = secretKeyPath(dataDir);
  const fromFile = usesKeyFile(environment);
  try {
    if (fromFile && readKeyLines(path).length === 0)
      return { finding: ok(`${path} is made at the first start`), secretKeys: null };
    const secretKeys = new SecretKeys(() => readSecretKeys(environment, dataDir));
    const count = countOf(secretKeys.all.length, 'key', 'keys');
    if (!fromFile) return { finding: ok(`${count}, of LATCHKEY_SECRET_KEY`), secretKeys };
    if (((await stat(path)).mode & othersMayRead) === 0)
      return { finding: ok(`${count}, of ${path}`), secretKeys };
    const hint = `Whoever reads it opens every signed URL of the database. Run: chmod 600 ${path}`;
    return { finding: warning(`Other users of this machine may read ${path}.`, hint), secretKeys };
  } catch (error) {
    if (error instanceof ConfigError)
      return {
        finding: failure(error.message, 'Put the key back from where you keep it.'),
        secretKeys: null,
      };
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
    const finding = failure(`${path} cannot be read (${code}).`, 'Give it to the user of the server.');
    return { finding, secretKeys: null };
  }
}
