import { fileURLToPath } from 'node:url';

/** Where the spool is. Plain data: it is handed to worker threads. Holds secrets, so it is never logged. */
export type SpoolConfig = DirectorySpoolConfig | S3SpoolConfig;

export interface DirectorySpoolConfig {
  kind: 'directory';
  directory: string;
}

export interface S3SpoolConfig {
  kind: 's3';
  /** Scheme, host and optional port. */
  endpoint: string;
  bucket: string;
  /** Of every object's key; empty, or ends in "/". */
  prefix: string;
  region: string;
  /** True: `endpoint/bucket/key`; false: `bucket.endpoint/key`. */
  pathStyle: boolean;
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken: string | null;
}

export interface SpoolCredentials {
  accessKeyId?: string | undefined;
  secretAccessKey?: string | undefined;
  sessionToken?: string | undefined;
}

/** Says what is allowed, never what was given: it may hold a secret. */
export class SpoolUrlError extends Error {
  override readonly name = 'SpoolUrlError';
}

const FORMS =
  'it must be file:///directory, or s3://ACCESS_KEY_ID:SECRET@host/bucket/prefix with the options region, tls and path-style';
const OPTIONS: readonly string[] = ['region', 'tls', 'path-style'];
const BUCKET = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;

/**
 * Reads `file:///directory` and `s3://ACCESS_KEY_ID:SECRET@host[:port]/bucket/prefix?region=eu-west-1`. `tls` is
 * true unless given, `path-style` too, `region` is us-east-1.
 * @param credentials for a URL that has none
 * @throws {SpoolUrlError} with a message to put after the name of the setting
 */
export function parseSpoolUrl(value: string, credentials: SpoolCredentials = {}): SpoolConfig {
  const url = URL.canParse(value) ? new URL(value) : null;
  if (url?.protocol === 'file:') return { kind: 'directory', directory: directoryOf(url) };
  if (url?.protocol === 's3:') return readS3Url(url, credentials);
  throw new SpoolUrlError(FORMS);
}

function directoryOf(url: URL): string {
  try {
    if (url.search === '' && url.hash === '') return fileURLToPath(url);
  } catch {}
  throw new SpoolUrlError(
    'a file URL must name a directory of this machine, as in file:///var/spool/latchkey',
  );
}

function readS3Url(url: URL, credentials: SpoolCredentials): S3SpoolConfig {
  const [bucket = '', ...prefix] = decode(url.pathname)
    .split('/')
    .filter((part) => part !== '');
  if (url.host === '' || url.hash !== '') throw new SpoolUrlError(FORMS);
  if (!BUCKET.test(bucket)) {
    throw new SpoolUrlError('after the host it must name a bucket: letters, digits and . _ - only');
  }
  const unknown = [...url.searchParams.keys()].some((name) => !OPTIONS.includes(name));
  if (unknown) throw new SpoolUrlError(`the options of an s3 URL are ${OPTIONS.join(', ')}`);
  const region = url.searchParams.get('region') ?? 'us-east-1';
  if (!/^[A-Za-z0-9-]+$/.test(region)) {
    throw new SpoolUrlError('the region of an s3 URL is a word such as eu-west-1');
  }
  return {
    kind: 's3',
    endpoint: `${readSwitch(url, 'tls') ? 'https' : 'http'}://${url.host}`,
    bucket,
    prefix: prefix.map((part) => `${part}/`).join(''),
    region,
    pathStyle: readSwitch(url, 'path-style'),
    ...readCredentials(url, credentials),
  };
}

function readSwitch(url: URL, name: string): boolean {
  const value = url.searchParams.get(name) ?? 'true';
  if (value === 'true' || value === 'false') return value === 'true';
  throw new SpoolUrlError(`the option ${name} of an s3 URL is true or false`);
}

function readCredentials(
  url: URL,
  { accessKeyId = '', secretAccessKey = '', sessionToken }: SpoolCredentials,
): Pick<S3SpoolConfig, 'accessKeyId' | 'secretAccessKey' | 'sessionToken'> {
  const inUrl = url.username !== '' || url.password !== '';
  const found = inUrl
    ? { accessKeyId: decode(url.username), secretAccessKey: decode(url.password), sessionToken: null }
    : { accessKeyId, secretAccessKey, sessionToken: sessionToken || null };
  if (found.accessKeyId !== '' && found.secretAccessKey !== '') return found;
  throw new SpoolUrlError(
    'an s3 URL needs an access key id and a secret: put both before the host, percent-encoded, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY',
  );
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new SpoolUrlError('every "%" of it needs two hex digits of valid UTF-8');
  }
}
