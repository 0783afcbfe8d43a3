import { ConfigError, type Environment, readCount } from './settings.js';

/** Null: any number. */
export interface Quotas {
  /** In all folders together. */
  readonly items: number | null;
  /** Upload jobs of one user that have not ended. */
  readonly runningJobsPerUser: number | null;
  /** Of all manifests in the spool together. */
  readonly spoolBytes: number | null;
  /** Of the manifests of one user's jobs that are in the spool. */
  readonly spoolBytesPerUser: number | null;
  /** Of one user that have not expired. */
  readonly apiTokensPerUser: number | null;
}

export interface QuotaSettings {
  readonly quotas: Quotas;
}

const mostItems = 1_000_000_000_000;
const mostJobs = 1_000_000;
const mostBytes = 1_000_000_000_000_000;
const mostTokens = 1_000_000;

export function readQuotaSettings(environment: Environment): QuotaSettings {
  return {
    quotas: {
      items: readQuota(environment, 'LATCHKEY_MAX_ITEMS', mostItems),
      runningJobsPerUser: readQuota(environment, 'LATCHKEY_MAX_RUNNING_JOBS_PER_USER', mostJobs),
      spoolBytes: readQuota(environment, 'LATCHKEY_MAX_SPOOL_BYTES', mostBytes),
      spoolBytesPerUser: readQuota(environment, 'LATCHKEY_MAX_SPOOL_BYTES_PER_USER', mostBytes),
      apiTokensPerUser: readQuota(environment, 'LATCHKEY_MAX_API_TOKENS_PER_USER', mostTokens),
    },
  };
}

function readQuota(environment: Environment, name: string, most: number): number | null {
  const text = environment[name]?.trim();
  if (!text || text === 'off') return null;
  try {
    return readCount(environment, name, most, most);
  } catch (cause) {
    throw new ConfigError(`${name} must be a whole number from 1 to ${most}, or off.`, { cause });
  }
}
