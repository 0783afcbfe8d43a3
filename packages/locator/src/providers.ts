import { normalizePath, OBJECT_PATH, type PathRules } from './normalize.js';
import { isStoreScheme, type ParsedUrl, type StoreScheme } from './parse-url.js';
import { type Query, readValue } from './query.js';

/** Which object a URL leads to. */
export interface ObjectName {
  provider: string;
  /** The identity without its query. */
  base: string;
  /** Parameters (lower case) that choose how the object is served, not which object. */
  drops: ReadonlySet<string>;
}

interface Place {
  /** The match of the provider's host pattern. */
  match: RegExpExecArray;
  host: string;
  /** As given, without what signs it. */
  rawPath: string;
  /** In its one spelling. */
  path: string;
  query: Query;
}

interface Provider {
  name: string;
  /** The end of the host; a cheap test before `host`. */
  suffix: string;
  host: RegExp;
  rules: PathRules;
  drops: ReadonlySet<string>;
  /** The identity without its query; null where the URL names no object in a way we know. */
  base: (place: Place) => string | null;
}

const AWS_PATH: PathRules = { slashEscapeIsSlash: true, plusIsSpace: true };
const WEB_PATH: PathRules = { slashEscapeIsSlash: false, plusIsSpace: false };

const NOTHING: ReadonlySet<string> = new Set();
const names = (list: string): ReadonlySet<string> => new Set(list.split(' '));
const GCS_DROPS = names('alt authuser userproject prettyprint');
const AZURE_DROPS = names('rscc rscd rsce rscl rsct');
const DROPBOX_DROPS = names('dl raw st e');
const DRIVE_DROPS = names('usp export confirm uuid id authuser at');
const ONEDRIVE_DROPS = names('e tempauth');

const REGION = '[a-z]{2,}(?:-[a-z]+)+-\\d+';
const S3_HOST = new RegExp(
  `^(?:(.+)\\.)?s3(?:-accelerate|-external-1|-fips|-(?:fips-)?${REGION}|express-[a-z0-9-]+)?` +
    `(?:\\.dualstack)?(?:\\.${REGION})?\\.amazonaws\\.com(?:\\.cn)?$`,
);
const GCS_HOST =
  /^(?:(.+)\.)?(?:storage|commondatastorage|storage-download|storage\.[a-z0-9-]+\.rep)\.googleapis\.com$/;
const GCS_JSON_HOST = /^(?:www|content-storage)\.googleapis\.com$/;
const GCS_LOGIN_HOST = /^(?:(.+)\.)?storage\.cloud\.google\.com$/;
const FIREBASE_HOST = /^firebasestorage\.googleapis\.com$/;
const GCS_JSON_PATH = /^\/(?:download\/)?storage\/v1\/b\/([^/]+)\/o\/(.+)$/s;
const FIREBASE_PATH = /^\/v0\/b\/([^/]+)\/o\/(.+)$/s;
const AZURE_HOST =
  /^([a-z0-9]+?)(?:-secondary)?(?:\.z\d+)?\.(?:blob|dfs)\.(core\.windows\.net|core\.chinacloudapi\.cn|core\.usgovcloudapi\.net|storage\.azure\.net)$/;
const OCI_HOST = /^(?:[a-z0-9-]+\.)?objectstorage\.[a-z0-9-]+\.(?:oraclecloud\.com|oci\.customer-oci\.com)$/;
const OCI_S3_HOST =
  /^([a-z0-9-]+)\.compat\.objectstorage\.[a-z0-9-]+\.(?:oraclecloud\.com|oci\.customer-oci\.com)$/;
const OCI_PATH = /^\/n\/([^/]+)\/b\/([^/]+)\/o\/(.+)$/s;
const DROPBOX_SHARE = /^\/(?:scl|s|sh)\//;
const DRIVE_FILE = /^\/file\/d\/([A-Za-z0-9_-]+)/;

/** Clones of S3 whose host is `[bucket.]endpoint`. Bucket names are unique per endpoint only, so that it stays. */
const s3Clone = (name: string, suffix: string, host: RegExp): Provider => ({
  name,
  suffix,
  host,
  rules: OBJECT_PATH,
  drops: NOTHING,
  base: ({ match: [, bucket, endpoint = '', domain = ''], path }) =>
    withBucket(`${name}://${endpoint}${domain}/`, bucket, path),
});

interface GcsHost {
  suffix: string;
  host: RegExp;
  /** How the JSON API of the host writes bucket and key. */
  apiPath: RegExp;
  /** Whether it also serves `/bucket/key`, or `/key` with the bucket in the host. */
  servesBuckets: boolean;
}

const gcs = ({ suffix, host, apiPath, servesBuckets }: GcsHost): Provider => ({
  name: 'gcs',
  suffix,
  host,
  rules: OBJECT_PATH,
  drops: GCS_DROPS,
  base: ({ match: [, bucket], rawPath, path }) => {
    const [, apiBucket, apiKey] = (bucket === undefined && apiPath.exec(rawPath)) || [];
    if (apiKey !== undefined) return `gs://${apiBucket}/${normalizePath(apiKey, OBJECT_PATH)}`;
    return servesBuckets ? withBucket('gs://', bucket, path) : null;
  },
});

/** Known by host only: their URLs are their identity. */
const web = (name: string, suffix: string, host: RegExp, drops = NOTHING): Provider => ({
  name,
  suffix,
  host,
  rules: WEB_PATH,
  drops,
  base: ({ host: at, path }) => `https://${at}${path || '/'}`,
});

const dropbox = (suffix: string): Provider => ({
  ...web(
    'dropbox',
    suffix,
    /^(?:www\.dropbox|dropbox|dl\.dropbox|dl\.dropboxusercontent)\.com$/,
    DROPBOX_DROPS,
  ),
  base: ({ path }) => (DROPBOX_SHARE.test(path) ? `https://www.dropbox.com${path}` : null),
});

const oracle = (suffix: string): readonly Provider[] => [
  {
    name: 'oci',
    suffix,
    host: OCI_S3_HOST,
    rules: OBJECT_PATH,
    drops: NOTHING,
    base: ({ match: [, namespace], path }) => withBucket(`oci://${namespace}/`, undefined, path),
  },
  {
    name: 'oci',
    suffix,
    host: OCI_HOST,
    rules: OBJECT_PATH,
    drops: NOTHING,
    base: ({ path }) => {
      const [, namespace, bucket, key] = OCI_PATH.exec(path) ?? [];
      return key === undefined ? null : `oci://${namespace}/${bucket}/${key}`;
    },
  },
];

const amazon = (suffix: string): Provider => ({
  name: 's3',
  suffix,
  host: S3_HOST,
  rules: AWS_PATH,
  drops: NOTHING,
  base: ({ match: [, bucket], path }) => withBucket('s3://', bucket, path),
});

const azure = (suffix: string): Provider => ({
  name: 'azure',
  suffix,
  host: AZURE_HOST,
  rules: OBJECT_PATH,
  drops: AZURE_DROPS,
  // Account names are unique per cloud; the sovereign clouds keep their name.
  base: ({ match: [, account, cloud = ''], path }) =>
    `az://${account}${cloud.startsWith('core.') && cloud !== 'core.windows.net' ? `.${cloud}` : ''}${path || '/'}`,
});

const PROVIDERS: readonly Provider[] = [
  amazon('.amazonaws.com'),
  amazon('.amazonaws.com.cn'),
  gcs({
    suffix: 'firebasestorage.googleapis.com',
    host: FIREBASE_HOST,
    apiPath: FIREBASE_PATH,
    servesBuckets: false,
  }),
  gcs({ suffix: '.googleapis.com', host: GCS_HOST, apiPath: GCS_JSON_PATH, servesBuckets: true }),
  gcs({ suffix: '.googleapis.com', host: GCS_JSON_HOST, apiPath: GCS_JSON_PATH, servesBuckets: false }),
  gcs({ suffix: '.google.com', host: GCS_LOGIN_HOST, apiPath: GCS_JSON_PATH, servesBuckets: true }),
  azure('.windows.net'),
  azure('.azure.net'),
  azure('.chinacloudapi.cn'),
  azure('.usgovcloudapi.net'),
  s3Clone('obs', '.t-systems.com', /^(?:(.+)\.)?(obs\.[a-z0-9-]+(?:\.sc)?\.otc\.t-systems\.com)$/),
  s3Clone('obs', '.myhuaweicloud.com', /^(?:(.+)\.)?(obs\.[a-z0-9-]+\.myhuaweicloud\.com)$/),
  s3Clone('obs', '.myhuaweicloud.eu', /^(?:(.+)\.)?(obs\.[a-z0-9-]+\.myhuaweicloud\.eu)$/),
  s3Clone('wasabi', '.wasabisys.com', /^(?:(.+)\.)?(s3(?:\.[a-z0-9-]+)?\.wasabisys\.com)$/),
  s3Clone(
    'r2',
    '.cloudflarestorage.com',
    /^(?:(.+)\.)?([0-9a-f]+(?:\.(?:eu|fedramp))?\.r2\.cloudflarestorage\.com)$/,
  ),
  s3Clone(
    'spaces',
    '.digitaloceanspaces.com',
    /^(?:(.+)\.)?([a-z]{3}\d+)(?:\.cdn)?(\.digitaloceanspaces\.com)$/,
  ),
  s3Clone('b2', '.backblazeb2.com', /^(?:(.+)\.)?(s3\.[a-z0-9-]+\.backblazeb2\.com)$/),
  web('b2', '.backblazeb2.com', /^f\d+\.backblazeb2\.com$/),
  ...oracle('.oraclecloud.com'),
  ...oracle('.customer-oci.com'),
  dropbox('dropbox.com'),
  dropbox('.dropboxusercontent.com'),
  {
    ...web('gdrive', '.google.com', /^(?:drive|docs|drive\.usercontent)\.google\.com$/, DRIVE_DROPS),
    base: ({ rawPath, query }) => {
      const id =
        DRIVE_FILE.exec(rawPath)?.[1] ??
        (/^\/(?:uc|open|download)$/.test(rawPath) ? readValue(query, 'id') : null);
      return id === null || id === '' ? null : `gdrive://${normalizePath(id, WEB_PATH)}`;
    },
  },
  web('onedrive', '.live.com', /^onedrive\.live\.com$/, ONEDRIVE_DROPS),
  web('onedrive', '1drv.ms', /^1drv\.ms$/, ONEDRIVE_DROPS),
  web('onedrive', '.sharepoint.com', /\.sharepoint\.com$/, ONEDRIVE_DROPS),
  web('oss', '.aliyuncs.com', /\boss-[a-z0-9-]+\.aliyuncs\.com$/),
  web('cos', '.myqcloud.com', /\bcos\.[a-z0-9-]+\.myqcloud\.com$/),
  web('supabase', '.supabase.co', /\.supabase\.co$/),
  web('cloudfront', '.cloudfront.net', /\.cloudfront\.net$/),
];

/** Stores by their own names: the scheme and the parameters of their https URLs. */
const STORES: Readonly<Record<StoreScheme, Pick<Provider, 'name' | 'drops'>>> = {
  s3: { name: 's3', drops: NOTHING },
  gs: { name: 'gcs', drops: GCS_DROPS },
  az: { name: 'azure', drops: AZURE_DROPS },
};

/** Hosts that are not in the table name objects by their URL: no guess at buckets. */
export function nameObject(
  scheme: ParsedUrl['scheme'],
  host: string,
  rawPath: string,
  query: Query,
): ObjectName {
  if (isStoreScheme(scheme)) {
    const { name, drops } = STORES[scheme];
    return { provider: name, base: `${scheme}://${host}${normalizePath(rawPath, OBJECT_PATH)}`, drops };
  }
  for (const provider of PROVIDERS) {
    const match = host.endsWith(provider.suffix) ? provider.host.exec(host) : null;
    if (match === null) continue;
    const path = normalizePath(rawPath, provider.rules);
    const base = provider.base({ match, host, rawPath, path, query });
    if (base !== null) return { provider: provider.name, base, drops: provider.drops };
    return nameByUrl(provider.name, host, rawPath);
  }
  return nameByUrl('web', host, rawPath);
}

function nameByUrl(provider: string, host: string, rawPath: string): ObjectName {
  return { provider, base: `https://${host}${normalizePath(rawPath, WEB_PATH) || '/'}`, drops: NOTHING };
}

/** `<prefix><bucket>/<key>`, the bucket taken from the path unless the host names it. */
function withBucket(prefix: string, bucket: string | undefined, path: string): string | null {
  if (bucket !== undefined) return `${prefix}${bucket}${path || '/'}`;
  const end = path.indexOf('/', 1);
  if (path.length < 2 || end === 1) return null;
  return end < 0 ? `${prefix}${path.slice(1)}/` : prefix + path.slice(1);
}
