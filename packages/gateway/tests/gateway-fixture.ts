import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Bucket, type BucketOptions, startBucket } from '@latchkey/bucket/start-bucket';
import { onTestFinished } from 'vitest';
import { type Gateway, runGateway } from '../src/run-gateway.js';
import { temporaryDirectory } from './temporary-directory.js';

export const secret = 'wJalrXUtnFEMI-secret-of-the-bucket';

export interface Site {
  hosts?: string[];
  origin?: Record<string, unknown>;
  [field: string]: unknown;
}

export interface GatewaySettings {
  allow?: string[];
  sites?: Site[];
  cache?: Record<string, unknown>;
  listen?: Record<string, unknown>[];
  [field: string]: unknown;
}

export interface TestGateway {
  gateway: Gateway;
  url: string;
  port: number;
  directory: string;
  configFile: string;
  /** All that was logged so far, one JSON object a line. */
  log(): string;
  /** Writes the configuration with other settings; the gateway notices by itself, or by `reload`. */
  write(settings: GatewaySettings): Promise<void>;
}

export async function startTestBucket(options: Partial<BucketOptions> = {}): Promise<Bucket> {
  const directory = await temporaryDirectory();
  const bucket = await startBucket({
    directory,
    accessKeyId: 'AKIDEXAMPLE',
    secretAccessKey: secret,
    allowedOrigins: [],
    ...options,
  });
  onTestFinished(() => bucket.close());
  return bucket;
}

export const s3 = (endpoint: string, more: Record<string, unknown> = {}): Record<string, unknown> => ({
  type: 's3',
  endpoint,
  bucket: 'demo',
  accessKeyId: { env: 'KEY_ID' },
  secretAccessKey: { env: 'SECRET' },
  ...more,
});

/** Before an origin, for the address 127.0.0.1 unless told otherwise. */
export async function startTestGateway(
  origin: Record<string, unknown>,
  settings: GatewaySettings = {},
  now: () => number = Date.now,
  environment: Record<string, string> = {},
): Promise<TestGateway> {
  const directory = await temporaryDirectory();
  const configFile = join(directory, 'gateway.yaml');
  const write = async (changed: GatewaySettings): Promise<void> => {
    const { sites = [{}], cache, ...rest } = { ...settings, ...changed };
    const config = {
      listen: [{ address: '127.0.0.1:0' }],
      allow: ['127.0.0.1'],
      ...rest,
      cache: { directory: join(directory, 'cache'), ...cache },
      sites: sites.map((site) => ({ hosts: ['localhost', '127.0.0.1'], origin, ...site })),
    };
    // JSON is a part of YAML.
    await writeFile(configFile, JSON.stringify(config));
  };
  await write({});
  let log = '';
  const gateway = await runGateway({
    configFile,
    environment: { KEY_ID: 'AKIDEXAMPLE', SECRET: secret, ...environment },
    logTo: {
      write: (line) => {
        log += line;
      },
    },
    now,
  });
  onTestFinished(() => gateway.close(0));
  const url = gateway.urls[0] ?? '';
  return { gateway, url, port: Number(new URL(url).port), directory, configFile, log: () => log, write };
}
