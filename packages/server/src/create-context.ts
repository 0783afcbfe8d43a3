import type { KeyObject } from 'node:crypto';
import type { Database } from '@latchkey/db/engine/executor';
import { openSpool } from '@latchkey/spool/open-spool';
import { toSealKey } from './access/seal.js';
import type { ServerConfig } from './config/environment.js';
import type { AppContext } from './context.js';
import { JobEvents } from './events/job-events.js';
import { createLogger } from './log.js';
import { Measurer } from './measuring/measurer.js';
import { PrepareThreads } from './registration/threads/prepare-threads.js';
import { ReceiveThread } from './registration/threads/receive-thread.js';

export interface ContextParts {
  readonly config: ServerConfig;
  readonly secretKey: KeyObject;
  readonly db: Database;
  readonly stopping: AbortSignal;
  readonly now?: () => number;
}

/** Threads start with the first manifest; `closeContext` ends them. */
export async function createContext({
  config,
  secretKey,
  db,
  stopping,
  now = Date.now,
}: ContextParts): Promise<AppContext> {
  const threadOptions = { spool: config.spool, secretKey };
  return {
    config,
    db,
    stopping,
    now,
    sealKey: toSealKey(secretKey),
    log: createLogger(config.logLevel),
    spool: await openSpool(config.spool, secretKey),
    receiveThread: new ReceiveThread(threadOptions),
    prepareThreads: new PrepareThreads(threadOptions, config.workerThreads),
    measurer: config.measuring && new Measurer(config.measuring),
    jobEvents: new JobEvents(),
  };
}

/** Ends the threads. Requests and the worker must have come to their end. */
export async function closeThreads({ receiveThread, prepareThreads, measurer }: AppContext): Promise<void> {
  measurer?.close();
  await Promise.all([receiveThread.close(), prepareThreads.close()]);
}

/** Ends the threads, then the database. */
export async function closeContext(context: AppContext): Promise<void> {
  await closeThreads(context);
  await context.db.close();
}
