import {
  isCertificateDomain,
  isDomain,
  isIpv4Network,
  isNetwork,
  isOrigin,
  isPublicIpv4Network,
  matches,
  oneOf,
} from './setting-rules.js';

/** Values of a module's variables. */
export type Values = ReadonlyMap<string, string | readonly string[]>;

/** A variable of a module that the command sets. The flag is its name with hyphens. */
export interface Setting {
  readonly variable: string;
  readonly kind: 'text' | 'list';
  /** What is asked, and the help of the flag. */
  readonly meaning: string;
  readonly example: string;
  readonly isRequired: boolean;
  /** Says how a bucket is made: not asked for one that exists. */
  readonly isOfNewBucket?: true;
  /** What is wrong with a value, or null. */
  readonly check: (value: string) => string | null;
}

export interface Cloud {
  readonly title: string;
  readonly module: string;
  readonly settings: readonly Setting[];
  /** What `--existing-bucket` sets to false. */
  readonly createVariables: readonly string[];
  /** The rest of the root module: which providers, and how they are set. */
  readonly provider: (values: Values) => ProviderBlock;
  readonly outputs: readonly string[];
  /** What somebody has to do who serves a bucket that exists. */
  readonly existingNote?: string;
  /** What is needed of values that are optional each for itself, or null. */
  readonly lacks?: (values: Values, isExisting: boolean) => string | null;
}

export interface ProviderBlock {
  readonly name: string;
  readonly source: string;
  readonly version: string;
  readonly lines: readonly string[];
}

const required = { isRequired: true } as const;
const optional = { isRequired: false } as const;
const text = { kind: 'text' } as const;

const allowedIps: Setting = {
  variable: 'allowed_ips',
  kind: 'list',
  meaning: 'addresses and networks that may read, by commas',
  example: '39.42.20.11/32,130.192.120.0/24',
  ...required,
  check: isNetwork,
};
const corsOrigins: Setting = {
  variable: 'cors_origins',
  kind: 'list',
  meaning: 'origins of the web apps that read the objects, by commas',
  example: 'https://latchkey.acme.com',
  ...optional,
  check: isOrigin,
};
const domain: Setting = {
  variable: 'domain',
  ...text,
  meaning: 'host name under which the objects are served',
  example: 'data.acme.com',
  ...required,
  check: isDomain,
};

const bucket: Setting = {
  variable: 'bucket_name',
  ...text,
  meaning: 'bucket whose objects are served',
  example: 'acme-data',
  ...required,
  check: matches(/^[a-z0-9][-a-z0-9]{1,61}[a-z0-9]$/, '3 to 63 lower-case letters, digits and hyphens'),
};

const quotedValue = (values: Values, name: string, otherwise: string) =>
  JSON.stringify(values.get(name) ?? otherwise);

export const clouds = {
  gcp: {
    title: 'Google Cloud',
    module: 'gcp-unsigned-access',
    settings: [
      {
        variable: 'project_id',
        ...text,
        meaning: 'id of the project',
        example: 'my-gcp-project',
        ...required,
        check: matches(/^([a-z][-a-z0-9.]*:)?[a-z][-a-z0-9]{4,28}[a-z0-9]$/, 'the id of a project'),
      },
      { ...domain, check: isCertificateDomain },
      {
        variable: 'managed_zone',
        ...text,
        meaning: 'name of the Cloud DNS zone for the record; empty if you make it yourself',
        example: 'acme-com',
        ...optional,
        check: matches(/^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/, 'the name of the zone, which has no dots'),
      },
      {
        ...bucket,
        check: matches(
          /^[a-z0-9][-_a-z0-9]{1,61}[a-z0-9]$/,
          '3 to 63 lower-case letters, digits, hyphens and underscores',
        ),
      },
      {
        variable: 'bucket_region',
        ...text,
        meaning: 'location of a new bucket',
        example: 'EU',
        ...optional,
        isOfNewBucket: true,
        check: matches(/^[A-Za-z]+[0-9]*(-[A-Za-z]+[0-9]+)?$/, 'a location of Cloud Storage'),
      },
      allowedIps,
      corsOrigins,
    ],
    createVariables: ['create_bucket'],
    provider: (values) => ({
      name: 'google',
      source: 'hashicorp/google',
      version: '>= 7.11, < 9.0',
      lines: [`project = ${quotedValue(values, 'project_id', '')}`],
    }),
    outputs: ['base_url', 'dns_records', 'invalidate_cache_command'],
  },
  aws: {
    title: 'AWS',
    module: 'aws-unsigned-access',
    settings: [
      {
        variable: 'mode',
        ...text,
        meaning: 'cloudfront (own domain, CDN) or bucket_policy (S3 itself, cheapest)',
        example: 'cloudfront',
        ...optional,
        check: oneOf('cloudfront', 'bucket_policy'),
      },
      { ...domain, ...optional, meaning: `${domain.meaning}; empty with bucket_policy` },
      {
        variable: 'managed_zone',
        ...text,
        meaning: 'id of the Route 53 hosted zone for records and certificate',
        example: 'Z0123456789ABC',
        ...optional,
        check: matches(/^Z[A-Z0-9]{1,31}$/, 'the id of a hosted zone'),
      },
      {
        variable: 'certificate_arn',
        ...text,
        meaning: 'ARN of an own certificate in us-east-1, needed without the zone',
        example: 'arn:aws:acm:us-east-1:123456789012:certificate/…',
        ...optional,
        check: matches(/^arn:aws[-a-z]*:acm:us-east-1:/, 'the ARN of a certificate of us-east-1'),
      },
      bucket,
      {
        variable: 'bucket_region',
        ...text,
        meaning: 'region of the bucket',
        example: 'eu-west-2',
        ...required,
        check: matches(/^[a-z]{2}(-[a-z]+)+-[0-9]$/, 'a region of AWS'),
      },
      allowedIps,
      corsOrigins,
    ],
    existingNote:
      'The policy of your bucket stays as it is: add what "terraform output bucket_policy" shows, or set manage_bucket_settings = true in main.tf to have it replaced.',
    createVariables: ['create_bucket'],
    provider: (values) => ({
      name: 'aws',
      source: 'hashicorp/aws',
      version: '>= 6.0, < 7.0',
      lines: [`region = ${quotedValue(values, 'bucket_region', '')}`],
    }),
    outputs: ['base_url', 'dns_records', 'bucket_policy', 'invalidate_cache_command'],
    lacks: (values) => {
      if (values.get('mode') === 'bucket_policy') return null;
      if (!values.has('domain')) return '--domain, or --mode bucket_policy';
      return values.has('managed_zone') || values.has('certificate_arn')
        ? null
        : '--managed-zone or --certificate-arn';
    },
  },
  azure: {
    title: 'Azure',
    module: 'azure-unsigned-access',
    settings: [
      {
        variable: 'resource_group_name',
        ...text,
        meaning: 'resource group, which has to exist',
        example: 'annotation',
        ...required,
        check: matches(/^[-\w.()]{0,89}[-\w()]$/, 'the name of a resource group'),
      },
      {
        variable: 'storage_account_name',
        ...text,
        meaning: 'storage account whose objects are served',
        example: 'acmedata',
        ...required,
        check: matches(/^[a-z0-9]{3,24}$/, '3 to 24 lower-case letters and digits'),
      },
      {
        variable: 'location',
        ...text,
        meaning: 'region of a new storage account',
        example: 'westeurope',
        ...optional,
        isOfNewBucket: true,
        check: matches(/^[a-z]+[a-z0-9]*$/, 'a region of Azure, in lower case and without blanks'),
      },
      {
        variable: 'container_name',
        ...text,
        meaning: 'container whose objects are served',
        example: 'data',
        ...optional,
        check: matches(
          /^[a-z0-9]([a-z0-9]|-[a-z0-9]){2,62}$/,
          '3 to 63 lower-case letters, digits and hyphens',
        ),
      },
      {
        ...allowedIps,
        check: isPublicIpv4Network,
        meaning: 'public IPv4 addresses and networks that may read, by commas',
      },
      corsOrigins,
    ],
    createVariables: ['create_storage_account', 'create_container'],
    provider: () => ({
      name: 'azurerm',
      source: 'hashicorp/azurerm',
      version: '>= 4.9, < 5.0',
      // The subscription comes from ARM_SUBSCRIPTION_ID.
      lines: ['features {}'],
    }),
    outputs: ['base_url'],
    lacks: (values, isExisting) =>
      isExisting || values.has('location') ? null : '--location of the new storage account',
  },
  otc: {
    title: 'Open Telekom Cloud',
    module: 'otc-unsigned-access',
    settings: [
      bucket,
      {
        variable: 'bucket_region',
        ...text,
        meaning: 'region of the bucket',
        example: 'eu-de',
        ...optional,
        check: oneOf('eu-de', 'eu-nl'),
      },
      {
        ...allowedIps,
        check: isIpv4Network,
        meaning: 'IPv4 addresses and networks that may read, by commas',
      },
      corsOrigins,
    ],
    existingNote:
      'The policy of your bucket stays as it is: add what "terraform output bucket_policy" shows, or set manage_bucket_policy = true in main.tf to have it replaced.',
    createVariables: ['create_bucket'],
    provider: (values) => ({
      name: 'opentelekomcloud',
      source: 'opentelekomcloud/opentelekomcloud',
      version: '>= 1.36, < 2.0',
      lines: [
        `auth_url = "https://iam.${String(values.get('bucket_region') ?? 'eu-de')}.otc.t-systems.com/v3"`,
      ],
    }),
    outputs: ['base_url', 'bucket_policy'],
  },
} as const satisfies Record<string, Cloud>;
