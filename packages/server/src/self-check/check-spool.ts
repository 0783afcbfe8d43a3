import { existsSync } from 'node:fs';
import { LatchkeyError } from '@latchkey/contract/errors';
import type { InstallationRow } from '@latchkey/db/installation/installation';
import { openSpool } from '@latchkey/spool/open-spool';
import { type Spool, SpoolMissingError } from '@latchkey/spool/spool';
import type { SecretKeys } from '../access/secret-keys.js';
import type { ServerConfig } from '../config/environment.js';
import { markBytes } from '../secret-keys/spool-marker.js';
import { type Finding, failure, notChecked, ok, warning } from './check-result.js';

/** Whether manifests can be written and read, and the spool is the one that the database knows. */
export async function checkSpool(
  { spool: config }: ServerConfig,
  secretKeys: SecretKeys | null,
  installation: InstallationRow | null,
): Promise<Finding> {
  const place = config.kind === 'directory' ? config.directory : `bucket ${config.bucket}`;
  if (config.kind === 'directory' && !existsSync(config.directory))
    return ok(`${place} is made at the first start`);
  if (secretKeys === null) return notChecked('Manifests are sealed, and there is no secret key yet.');
  try {
    const spool = await openSpool(config, secretKeys);
    await spool.check();
    if (installation === null || (await holds(spool, installation.spool_marker)))
      return ok(`${place} takes and gives manifests`);
    return warning(
      `${place} is not the spool that the database knows.`,
      'Where that is meant, let all upload jobs finish first; else correct LATCHKEY_SPOOL_URL or LATCHKEY_DATA_DIR.',
    );
  } catch (error) {
    if (!(error instanceof LatchkeyError)) throw error;
    return failure(error.message, 'No manifest can be registered until that is mended.');
  }
}

async function holds(spool: Spool, marker: string): Promise<boolean> {
  try {
    await spool.read(marker, 0, markBytes);
    return true;
  } catch (error) {
    if (error instanceof SpoolMissingError) return false;
    throw error;
  }
}
