import { locate } from '@latchkey/locator/locate';

export const corsProviders = ['aws', 'gcp', 'azure', 'otc', 'minio'] as const;
export type CorsProvider = (typeof corsProviders)[number];

export const corsProviderNames: Readonly<Record<CorsProvider, string>> = {
  aws: 'Amazon S3',
  gcp: 'Google Cloud Storage',
  azure: 'Azure Blob Storage',
  otc: 'Open Telekom Cloud OBS',
  minio: 'MinIO and others like S3',
};

export interface CorsTarget {
  /** Of the pages that are to read the bucket, such as `https://latchkey.example.com`. */
  readonly origin: string;
  /** For Azure, the storage account. Null: not known, and written as a placeholder. */
  readonly bucket: string | null;
}

/** How a bucket is told to let pages of an origin read it. */
export interface CorsRule {
  readonly provider: CorsProvider;
  /** What to do, in order, in the words of the provider's console. */
  readonly steps: readonly string[];
  /** What to paste or save; for Azure the command itself. */
  readonly text: string;
  /** The same by the provider's command line. */
  readonly command: string;
}

/** What viewers need to see: ranges, and whether the object changed between two of them. */
export const exposedHeaders = ['Content-Range', 'Content-Length', 'Accept-Ranges', 'ETag', 'Content-Type'];
const maxAgeSeconds = 3600;
const pretty = (value: unknown) => JSON.stringify(value, null, 2);

const s3Rule = ({ origin }: CorsTarget) => ({
  AllowedOrigins: [origin],
  AllowedMethods: ['GET'],
  AllowedHeaders: ['*'],
  ExposeHeaders: exposedHeaders,
  MaxAgeSeconds: maxAgeSeconds,
});

const s3Command = (target: CorsTarget, options = '') =>
  `aws s3api put-bucket-cors${options} --bucket ${target.bucket ?? 'BUCKET'} --cors-configuration '${JSON.stringify({ CORSRules: [s3Rule(target)] })}'`;

const rules: Readonly<Record<CorsProvider, (target: CorsTarget) => Omit<CorsRule, 'provider'>>> = {
  aws: (target) => ({
    steps: [
      `Open the bucket ${target.bucket ?? ''}`.trim().concat(' in the S3 console and choose Permissions.'),
      'Under "Cross-origin resource sharing (CORS)" choose Edit.',
      'Paste this and save; if there are rules already, add this one to their list. The command below replaces them.',
    ],
    text: pretty([s3Rule(target)]),
    command: s3Command(target),
  }),
  gcp: ({ origin, bucket }) => ({
    steps: [
      'Save this as cors.json. The console has no form for it.',
      'Run the command. It replaces the rules that the bucket has; add those to the file first.',
    ],
    text: pretty([{ origin: [origin], method: ['GET'], responseHeader: exposedHeaders, maxAgeSeconds }]),
    command: `gcloud storage buckets update gs://${bucket ?? 'BUCKET'} --cors-file=cors.json`,
  }),
  azure: ({ origin, bucket }) => {
    const command = [
      'az storage cors add --services b --methods GET',
      `--origins '${origin}' --allowed-headers '*'`,
      `--exposed-headers '${exposedHeaders.join(',')}' --max-age ${maxAgeSeconds} --account-name ${bucket ?? 'ACCOUNT'}`,
    ].join(' \\\n  ');
    return {
      steps: [
        `Open the storage account ${bucket ?? ''}`
          .trim()
          .concat(' in the portal and choose "Resource sharing (CORS)", then "Blob service".'),
        `Add a line: allowed origin ${origin}, method GET, allowed headers *, exposed headers ${exposedHeaders.join(',')}, max age ${maxAgeSeconds}; and save. Or run this:`,
      ],
      text: command,
      command,
    };
  },
  otc: (target) => ({
    steps: [
      'Open the bucket in the OBS console, choose Permissions and then CORS Rules, and create a rule.',
      `Allowed origin ${target.origin}, allowed method GET, allowed header *, cache duration ${maxAgeSeconds}, and as exposed headers, one a line:`,
    ],
    text: exposedHeaders.join('\n'),
    command: s3Command(target, ' --endpoint-url https://obs.eu-de.otc.t-systems.com'),
  }),
  minio: (target) => ({
    steps: [
      'Where the storage keeps CORS rules for each bucket, run the command with the address of the storage and this rule.',
      `MinIO without such rules has one list for all its buckets: mc admin config set ALIAS api cors_allow_origin=${target.origin}`,
    ],
    text: pretty({ CORSRules: [s3Rule(target)] }),
    command: s3Command(target, ' --endpoint-url https://STORAGE'),
  }),
};

/** @throws never; an origin and a bucket name are written as given. */
export const corsRule = (provider: CorsProvider, target: CorsTarget): CorsRule => ({
  provider,
  ...rules[provider](target),
});

/** The rule for the bucket of a URL, whose host tells the provider. */
export function corsRuleFor(url: string, origin: string): CorsRule {
  const located = locate(url);
  if (!located.ok) return corsRule('minio', { origin, bucket: null });
  const { provider, identity } = located.url;
  const [, bucket = null] = /^(?:s3|gs|az):\/\/([^/?]+)/.exec(identity) ?? [];
  const [, obsBucket = null] = /^[a-z0-9-]+:\/\/[^/]+\/([^/?]+)/.exec(identity) ?? [];
  if (provider === 's3') return corsRule('aws', { origin, bucket });
  if (provider === 'gcs') return corsRule('gcp', { origin, bucket });
  if (provider === 'azure') return corsRule('azure', { origin, bucket });
  if (provider === 'obs') return corsRule('otc', { origin, bucket: obsBucket });
  return corsRule('minio', { origin, bucket: null });
}
