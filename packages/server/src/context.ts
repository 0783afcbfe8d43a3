import type { ApiTokenScope } from '@latchkey/contract/schemas/user';
import type { Database } from '@latchkey/db/engine/executor';
import type { EgressClient } from '@latchkey/egress/egress-client';
import type { Spool } from '@latchkey/spool/spool';
import type { Tracing } from '@latchkey/tracing/tracing';
import type { FastifyBaseLogger } from 'fastify';
import type { SecretKeys } from './access/secret-keys.js';
import type { ServerConfig } from './config/environment.js';
import type { JobEvents } from './events/job-events.js';
import type { Measurer } from './measuring/measurer.js';
import type { PrepareThreads } from './registration/threads/prepare-threads.js';
import type { ReceiveThread } from './registration/threads/receive-thread.js';
import type { IdentityProvider } from './single-sign-on/identity-provider.js';

/** What handlers and services work with. Built by `createContext`. */
export interface AppContext {
  readonly config: ServerConfig;
  readonly db: Database;
  readonly log: FastifyBaseLogger;
  readonly tracing: Tracing;
  readonly secretKeys: SecretKeys;
  readonly spool: Spool;
  readonly receiveThread: ReceiveThread;
  readonly prepareThreads: PrepareThreads;
  /** Null: nothing is measured. */
  readonly measurer: Measurer | null;
  /** Sends what webhooks are told. */
  readonly webhookClient: EgressClient;
  /** Null: none is set up. */
  readonly identityProvider: IdentityProvider | null;
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
  /** Null: not signed in by a session. */
  readonly sessionId: string | null;
  /** Null: not by an API token. */
  readonly tokenScope: ApiTokenScope | null;
  /** To an older official client a time series is a text. */
  readonly knowsTimeSeries: boolean;
}
