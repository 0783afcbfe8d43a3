import type { Database } from '@latchkey/db/engine/executor';
import type { FastifyBaseLogger } from 'fastify';
import type { SealKey } from './access/seal.js';
import type { ServerConfig } from './config/environment.js';
import type { JobEvents } from './events/job-events.js';
import type { Spool } from './registration/spool.js';

/** What handlers and services work with. Built once in `run-server.ts` and by the testkit. */
export interface AppContext {
  readonly config: ServerConfig;
  readonly db: Database;
  readonly log: FastifyBaseLogger;
  readonly sealKey: SealKey;
  readonly spool: Spool;
  readonly jobEvents: JobEvents;
  readonly now: () => number;
  /** Aborts when the server stops: ends long polls and the worker. */
  readonly stopping: AbortSignal;
}

/** The authenticated user of a request. */
export interface Caller {
  readonly userId: string;
  readonly email: string;
  readonly isOrganisationAdmin: boolean;
}
