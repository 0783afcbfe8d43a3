import type { ServerFailure } from './errors.js';

/** What the worker needs to open its database. */
export interface PgliteWorkerOptions {
  /** Absent: the database lives in memory only. */
  readonly dataDir?: string;
  /** Path of a prepared data directory (tar.gz) to start an empty database from. */
  readonly template?: string;
}

export type PgliteTask =
  /** Bytes of the PostgreSQL wire protocol; answered with the bytes the engine sent back. */
  | { readonly kind: 'wire'; readonly bytes: Uint8Array<ArrayBuffer> }
  /** COPY FROM with the rows in `bytes`; answered with the number of rows. */
  | { readonly kind: 'copy'; readonly text: string; readonly bytes: Uint8Array<ArrayBuffer> }
  /** Makes the one session of the engine as good as a new connection. */
  | { readonly kind: 'reset' }
  | { readonly kind: 'close' };

export interface PgliteRequest {
  readonly id: number;
  readonly task: PgliteTask;
}

export type PgliteReply =
  | { readonly id: number; readonly bytes?: Uint8Array<ArrayBuffer>; readonly rows?: number }
  | { readonly id: number; readonly failure: ServerFailure };

/** The id of the reply that says that the database is open, or why it is not. */
export const OPENED = 0;
