import { openDirectorySpool } from './directory-spool.js';
import { createS3Spool } from './s3-spool.js';
import { type SpoolKeys, sealSpool } from './sealed-spool.js';
import type { Spool } from './spool.js';
import type { SpoolConfig } from './spool-config.js';

/**
 * The spool that the settings name, sealed. A bucket is not asked for anything before the first use: see `check`.
 * @throws {LatchkeyError} for a directory that cannot be made
 * @throws {PresignError} for a bucket or a host that no URL can be made of
 */
export async function openSpool(config: SpoolConfig, keys: SpoolKeys): Promise<Spool> {
  return sealSpool(
    config.kind === 'directory' ? await openDirectorySpool(config.directory) : createS3Spool(config),
    keys,
  );
}
