import type { ObjectStore } from '@latchkey/object-store/object-store';
import { openObjectStore } from '@latchkey/object-store/open-object-store';
import type { Command } from 'commander';
import type { CommandContext } from '../context.js';
import type { UrlStyleOptions } from './url-style.js';

export interface StoreCommandOptions extends UrlStyleOptions {
  readonly endpoint?: string;
  readonly region?: string;
  readonly pathStyle?: boolean;
  readonly baseUrl?: string;
}

/** The options that say where a store is, and which URLs its objects get. */
export function withStoreOptions(command: Command): Command {
  return command
    .option('--expires-in <time>', 'how long the URLs live: 30m, 12h, 7d, or seconds (default: 7d)')
    .option('--unsigned', 'write the URLs without a signature', false)
    .option('--gateway <url>', 'write URLs of this address, with the key behind it, without a signature')
    .option('--endpoint <url>', 'address of an S3-compatible store, or of OBS')
    .option('--region <name>', 'region of the bucket (AWS_REGION, else the store is asked)')
    .option('--path-style', 'endpoint/bucket in place of bucket.endpoint (the default with --endpoint)')
    .option('--no-path-style', 'bucket.endpoint also with --endpoint')
    .option('--base-url <url>', 'of a directory: where its files are served');
}

export function openStore(
  uri: string,
  { endpoint, region, pathStyle, baseUrl }: StoreCommandOptions,
  { environment }: CommandContext,
): Promise<ObjectStore> {
  return openObjectStore(uri, { endpoint, region, pathStyle, baseUrl, environment });
}
