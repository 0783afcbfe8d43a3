import type { KeyObject } from 'node:crypto';
import type { Database } from '@latchkey/db/engine/executor';
import { publicAddressesAnd } from '@latchkey/egress/address-rules';
import { EgressClient } from '@latchkey/egress/egress-client';
import { openSpool } from '@latchkey/spool/open-spool';
import { noTracing, type Tracing } from '@latchkey/tracing/tracing';
import { SecretKeys } from './access/secret-keys.js';
import type { ServerConfig } from './config/environment.js';
import type { AppContext } from './context.js';
import { JobEvents } from './events/job-events.js';
import { createLogger } from './log.js';
import { Measurer } from './measuring/measurer.js';
import { PrepareThreads } from './registration/threads/prepare-threads.js';
import { ReceiveThread } from './registration/threads/receive-thread.js';
import { openIdentityProvider } from './single-sign-on/open-identity-provider.js';

export interface ContextParts {
  readonly config: ServerConfig;
  /** Answers the secret keys, the newest first; called again when one is missing. */
  readonly readSecretKeys: () => readonly KeyObject[];
  readonly db: Database;
  readonly stopping: AbortSignal;
  readonly now?: () => number;
  readonly tracing?: Tracing;
}

/** Threads start with the first manifest; `closeContext` ends them. */
export async function createContext({
  config,
  readSecretKeys,
  db,
  stopping,
  now = Date.now,
  tracing = noTracing,
}: ContextParts): Promise<AppContext> {
  const secretKeys = new SecretKeys(readSecretKeys);
  const threadOptions = { spool: config.spool, secretKeys: secretKeys.toKeyObjects() };
  const receiveThread = new ReceiveThread(threadOptions);
  const prepareThreads = new PrepareThreads(threadOptions, config.workerThreads);
  secretKeys.onChange((keys) => {
    receiveThread.setKeys(keys);
    prepareThreads.setKeys(keys);
  });
  const log = createLogger(config.logLevel, tracing);
  return {
    config,
    db,
    stopping,
    now,
    secretKeys,
    tracing,
    log,
    spool: await openSpool(config.spool, secretKeys),
    receiveThread,
    prepareThreads,
    measurer: config.measuring && new Measurer(config.measuring),
    webhookClient: createWebhookClient(config),
    identityProvider: config.singleSignOn && (await openIdentityProvider(config.singleSignOn, log)),
    jobEvents: new JobEvents(),
  };
}

/** Deliveries have their own pauses, so no host rests because of them. */
function createWebhookClient({ egressRanges, webhookTimeoutSeconds }: ServerConfig): EgressClient {
  const timeoutMs = webhookTimeoutSeconds * 1000;
  return new EgressClient({
    mayConnect: publicAddressesAnd(egressRanges),
    silenceTimeoutMs: timeoutMs,
    requestTimeoutMs: timeoutMs,
    failuresUntilRest: Number.POSITIVE_INFINITY,
    // The lanes of webhooks are bounds enough.
    requestsPerHost: 1000,
  });
}

/** Ends the threads and connections. Requests and the worker must have come to their end. */
export async function closeThreads({
  receiveThread,
  prepareThreads,
  measurer,
  webhookClient,
  identityProvider,
}: AppContext): Promise<void> {
  measurer?.close();
  await Promise.all([
    receiveThread.close(),
    prepareThreads.close(),
    webhookClient.close(),
    identityProvider?.close(),
  ]);
}

/** Ends the threads, then the database, and sends the last spans. */
export async function closeContext(context: AppContext): Promise<void> {
  await closeThreads(context);
  await context.db.close();
  await context.tracing.close();
}
