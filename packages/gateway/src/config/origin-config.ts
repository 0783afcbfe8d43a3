import { isAbsolute } from 'node:path';
import { createAzurePresigner } from '@latchkey/locator/presign/azure-presigner';
import { bucketAddress } from '@latchkey/locator/presign/bucket-address';
import type { AzureOriginConfig } from '../origin/azure-origin.js';
import type { DirectoryOriginConfig } from '../origin/directory-origin.js';
import type { S3OriginConfig } from '../origin/s3-origin.js';
import { flag, objectOf, optional, type Path, type Reader, refuse, textOf } from './readers.js';
import { type Environment, secretFrom } from './values.js';

export type OriginConfig =
  | ({ type: 's3' | 'gcs' } & S3OriginConfig)
  | ({ type: 'azure' } & AzureOriginConfig)
  | ({ type: 'directory' } & DirectoryOriginConfig);

type OriginType = OriginConfig['type'];

/** Of the parameters of a URL, those that choose a version of an object and do nothing else. */
export const versionParameters: Readonly<Record<OriginType, readonly string[]>> = {
  s3: ['versionId'],
  gcs: ['generation'],
  azure: ['snapshot'],
  directory: [],
};

const endpoint = textOf(
  /^https?:\/\/[A-Za-z0-9.:[\]-]+\/?$/,
  'give scheme, host and port only, as in https://s3.eu-west-2.amazonaws.com',
);
const bucket = textOf(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, 'give the name of a bucket');
const region = textOf(/^[a-z0-9-]+$/, 'give a region, as in eu-west-2');
const prefix = textOf(
  /^(?!\/)(?!(?:.*\/)?\.{1,2}\/)[^\\]*\/$/,
  'give a prefix that ends in "/", as in images/, without "." and ".." in it',
);

export function originReader(environment: Environment): Reader<OriginConfig> {
  const readers: Readonly<Record<OriginType, Reader<OriginConfig>>> = {
    s3: s3Reader(environment),
    gcs: gcsReader(environment),
    azure: azureReader(environment),
    directory: directoryReader,
  };
  return (value, path) => {
    const type = typeof value === 'object' && value !== null && 'type' in value ? value.type : undefined;
    const read = Object.entries(readers).find(([name]) => name === type)?.[1];
    if (read !== undefined) return read(value, path);
    return refuse(
      [...path, 'type'],
      `${JSON.stringify(type)} is not possible: give ${Object.keys(readers).join(', ')}.`,
    );
  };
}

function keyFields(environment: Environment) {
  return {
    type: textOf(/^/, 'give the type of the origin'),
    bucket,
    prefix: optional(prefix, ''),
    accessKeyId: secretFrom(environment),
    secretAccessKey: secretFrom(environment),
  };
}

function s3Reader(environment: Environment): Reader<OriginConfig> {
  const read = objectOf({
    ...keyFields(environment),
    endpoint: optional(endpoint, null),
    region: optional(region, null),
    pathStyle: optional(flag, null),
    sessionToken: optional(secretFrom(environment), null),
  });
  return (value, path) => {
    const given = read(value, path);
    // A name with dots is outside the certificate of the store's host.
    const pathStyle = given.pathStyle ?? (given.endpoint !== null || given.bucket.includes('.'));
    return checked({ ...given, type: 's3', pathStyle, region: given.region ?? 'us-east-1' }, path);
  };
}

/**
 * Google's XML API takes SigV4 with an HMAC key, in any region. Objects that are stored with gzip it would unpack on the
 * way, without a length and without ranges, for whoever does not say that he takes them as they are.
 * @see https://cloud.google.com/storage/docs/transcoding
 */
function gcsReader(environment: Environment): Reader<OriginConfig> {
  const read = objectOf({
    ...keyFields(environment),
    endpoint: optional(endpoint, 'https://storage.googleapis.com'),
  });
  return (value, path) =>
    checked(
      {
        ...read(value, path),
        type: 'gcs',
        pathStyle: true,
        region: 'auto',
        sessionToken: null,
        headers: { 'accept-encoding': 'gzip' },
      },
      path,
    );
}

function azureReader(environment: Environment): Reader<OriginConfig> {
  const read = objectOf({
    type: textOf(/^/, 'give the type of the origin'),
    account: textOf(/^[a-z0-9]{3,24}$/, 'give the name of a storage account'),
    container: textOf(/./, 'give the name of a container'),
    endpoint: optional(textOf(/^https?:\/\//, 'give an http URL'), null),
    prefix: optional(prefix, ''),
    accountKey: secretFrom(environment),
  });
  return (value, path) => {
    const given = read(value, path);
    const endpoint = given.endpoint ?? `https://${given.account}.blob.core.windows.net`;
    const config = { ...given, type: 'azure' as const, endpoint };
    return usable(path, config, () => createAzurePresigner({ ...config, now: Date.now }));
  };
}

const directoryReader: Reader<OriginConfig> = (value, path) => {
  const { directory } = objectOf({
    type: textOf(/^/, 'give the type of the origin'),
    directory: textOf(/./, 'give the path of a directory'),
  })(value, path);
  if (!isAbsolute(directory))
    refuse([...path, 'directory'], `"${directory}" is relative: give an absolute path.`);
  return { type: 'directory', directory };
};

function checked(config: { type: 's3' | 'gcs' } & S3OriginConfig, path: Path): OriginConfig {
  const endpoint = config.endpoint ?? 'https://s3.amazonaws.com';
  return usable(path, config, () => bucketAddress({ ...config, endpoint }));
}

/** What the pattern of a field lets through and yet makes no URL is said before the first request. */
function usable(path: Path, config: OriginConfig, attempt: () => unknown): OriginConfig {
  try {
    attempt();
    return config;
  } catch (error) {
    return refuse(path, error instanceof Error ? error.message : String(error));
  }
}
