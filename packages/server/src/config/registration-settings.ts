import { availableParallelism } from 'node:os';
import { limits, type ManifestLimits, manifestLimitNames } from '@latchkey/contract/limits';
import { parseSpoolUrl, type SpoolConfig, SpoolUrlError } from '@latchkey/spool/spool-config';
import { ConfigError, type Environment, readCount } from './settings.js';

export interface RegistrationSettings {
  readonly spool: SpoolConfig;
  readonly manifestLimits: ManifestLimits;
  /** Threads of the worker that read and check parts of manifests. */
  readonly workerThreads: number;
  readonly jobRetentionDays: number;
  /** How long manifests with units that were not registered are kept after the end of their job. */
  readonly manifestRetentionHours: number;
}

const limitVariables: Readonly<Record<keyof ManifestLimits, string>> = {
  manifestBytes: 'LATCHKEY_MAX_MANIFEST_BYTES',
  manifestUnits: 'LATCHKEY_MAX_MANIFEST_UNITS',
  manifestElementBytes: 'LATCHKEY_MAX_MANIFEST_ELEMENT_BYTES',
  objectUrlBytes: 'LATCHKEY_MAX_OBJECT_URL_BYTES',
  titleLength: 'LATCHKEY_MAX_TITLE_LENGTH',
  clientMetadataBytes: 'LATCHKEY_MAX_CLIENT_METADATA_BYTES',
};

/** Ids of items end in 32 bits of the unit's position; a part and a name have to fit into memory and an index. */
const limitMaxima: Readonly<Record<keyof ManifestLimits, number>> = {
  manifestBytes: Number.MAX_SAFE_INTEGER,
  manifestUnits: 2 ** 32,
  manifestElementBytes: 256 * 1024 * 1024,
  objectUrlBytes: 1024 * 1024,
  titleLength: 600,
  clientMetadataBytes: 64 * 1024 * 1024,
};

/** One thread keeps up with a database on the same machine; beyond four, the database is what is waited for. */
const mostDefaultThreads = 4;

export function readRegistrationSettings(
  environment: Environment,
  defaultSpool: string,
): RegistrationSettings {
  const threads = Math.max(1, Math.min(mostDefaultThreads, availableParallelism() - 1));
  return {
    spool: readSpool(environment, defaultSpool),
    manifestLimits: Object.fromEntries(
      manifestLimitNames.map((name) => [
        name,
        readCount(environment, limitVariables[name], limits[name], limitMaxima[name]),
      ]),
    ) as unknown as ManifestLimits,
    workerThreads: readCount(environment, 'LATCHKEY_WORKER_THREADS', threads, 64),
    jobRetentionDays: readCount(environment, 'LATCHKEY_JOB_RETENTION_DAYS', 90, 36_500),
    manifestRetentionHours: readCount(environment, 'LATCHKEY_MANIFEST_RETENTION_HOURS', 72, 876_000),
  };
}

function readSpool(environment: Environment, defaultDirectory: string): SpoolConfig {
  const url = environment['LATCHKEY_SPOOL_URL']?.trim();
  if (!url) return { kind: 'directory', directory: defaultDirectory };
  try {
    return parseSpoolUrl(url, {
      accessKeyId: environment['AWS_ACCESS_KEY_ID'],
      secretAccessKey: environment['AWS_SECRET_ACCESS_KEY'],
      sessionToken: environment['AWS_SESSION_TOKEN'],
    });
  } catch (error) {
    if (error instanceof SpoolUrlError)
      throw new ConfigError(`LATCHKEY_SPOOL_URL is no spool: ${error.message}.`);
    throw error;
  }
}
