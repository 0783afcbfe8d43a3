import type { SiteConfig } from '../config/gateway-config.js';
import { AzureOrigin } from './azure-origin.js';
import { DirectoryOrigin } from './directory-origin.js';
import type { Origin } from './origin.js';
import { S3Origin } from './s3-origin.js';

const connectTimeoutMs = 10_000;

export function openOrigin({ origin, timeoutMs, connections }: SiteConfig, now: () => number): Origin {
  const limits = { connections, connectTimeoutMs: Math.min(connectTimeoutMs, timeoutMs), timeoutMs };
  switch (origin.type) {
    case 'directory':
      return new DirectoryOrigin(origin);
    case 'azure':
      return new AzureOrigin(origin, limits, now);
    case 's3':
    case 'gcs':
      return new S3Origin(origin, limits, now);
  }
}
