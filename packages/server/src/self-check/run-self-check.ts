import type { Database } from '@latchkey/db/engine/executor';
import { getInstallation } from '@latchkey/db/installation/installation';
import type { SecretKeys } from '../access/secret-keys.js';
import { readConfig, type ServerConfig } from '../config/environment.js';
import { ConfigError, type Environment } from '../config/settings.js';
import { checkClock } from './check-clock.js';
import { checkConfiguration } from './check-configuration.js';
import { checkDataDirectory } from './check-data-directory.js';
import { checkInstallation } from './check-installation.js';
import { type CheckResult, type Finding, failure, notChecked } from './check-result.js';
import { checkSchema } from './check-schema.js';
import { checkSecretKeys } from './check-secret-keys.js';
import { checkSingleSignOn } from './check-single-sign-on.js';
import { checkSpool } from './check-spool.js';
import { openExisting } from './open-existing.js';

/**
 * Looks at everything that a server with these settings needs, one after the other, and changes none of it. What was
 * not there at a check's turn is said, and the others go on.
 */
export async function runSelfCheck(
  environment: Environment,
  now: () => number = Date.now,
): Promise<CheckResult[]> {
  const config = tryConfig(environment);
  if ('state' in config) return [{ name: 'configuration', ...config }];
  const results: CheckResult[] = [
    { name: 'configuration', ...checkConfiguration(config) },
    { name: 'data directory', ...(await checkDataDirectory(config.dataDir)) },
  ];
  if (config.singleSignOn)
    results.push({ name: 'single sign-on', ...(await checkSingleSignOn(config.singleSignOn)) });
  const { finding, secretKeys } = await checkSecretKeys(environment, config.dataDir);
  results.push({ name: 'secret keys', ...finding });
  const opened = await openExisting(config);
  results.push({ name: 'database', ...opened.finding });
  if (opened.db === null) {
    results.push({ name: 'spool', ...(await checkSpool(config, secretKeys, null)) });
    return results;
  }
  try {
    results.push(...(await lookInto(opened.db, config, secretKeys, now)));
  } finally {
    await opened.db.close();
  }
  return results;
}

function tryConfig(environment: Environment): ServerConfig | Finding {
  try {
    return readConfig(environment);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return failure(error.message, '"latchkey serve --help" lists the settings.');
  }
}

async function lookInto(
  db: Database,
  config: ServerConfig,
  secretKeys: SecretKeys | null,
  now: () => number,
): Promise<CheckResult[]> {
  const schema = await checkSchema(db);
  const installation = schema.isCurrent ? await getInstallation(db) : null;
  return [
    { name: 'schema', ...schema.finding },
    {
      name: 'keys of the database',
      ...(schema.isCurrent
        ? await checkInstallation(db, installation, secretKeys)
        : notChecked('The tables are not those that this version reads.')),
    },
    { name: 'spool', ...(await checkSpool(config, secretKeys, installation)) },
    { name: 'clock', ...(await checkClock(db, schema.isCurrent, now)) },
  ];
}
