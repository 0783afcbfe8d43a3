declare module 'pg-copy-streams' {
  import type { Readable, Writable } from 'node:stream';
  import type { Connection } from 'pg';

  /** A writable stream of COPY data; `rowCount` is set once it has finished. */
  export interface CopyFromStream extends Writable {
    readonly rowCount: number;
    submit(connection: Connection): void;
  }

  /** A readable stream of what COPY sends. */
  export interface CopyToStream extends Readable {
    submit(connection: Connection): void;
  }

  export function from(statement: string): CopyFromStream;
  export function to(statement: string): CopyToStream;
}
