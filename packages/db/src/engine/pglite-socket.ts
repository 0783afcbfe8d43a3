import { Duplex } from 'node:stream';
import type { PgliteThread } from './pglite-thread.js';

type Callback = (error?: Error | null) => void;

/**
 * What `pg` takes for a TCP socket, with the PGlite worker at its other end. `pg` corks while it writes the
 * messages of one query, so a query is one exchange with the worker.
 */
export class PgliteSocket extends Duplex {
  readonly #thread: PgliteThread;

  constructor(thread: PgliteThread) {
    super();
    this.#thread = thread;
  }

  /** The engine has one session for its whole life: it is cleared for every new connection. */
  connect(): this {
    this.#thread.perform({ kind: 'reset' }).then(
      () => this.emit('connect'),
      (error: Error) => this.destroy(error),
    );
    return this;
  }

  override _read(): void {
    // Answers are pushed when they arrive.
  }

  override _write(chunk: Uint8Array, _encoding: BufferEncoding, callback: Callback): void {
    this.#exchange([chunk], callback);
  }

  override _writev(chunks: { chunk: Uint8Array }[], callback: Callback): void {
    this.#exchange(
      chunks.map(({ chunk }) => chunk),
      callback,
    );
  }

  override _final(callback: Callback): void {
    this.push(null);
    callback();
  }

  setNoDelay(): this {
    return this;
  }

  setKeepAlive(): this {
    return this;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }

  #exchange(chunks: readonly Uint8Array[], callback: Callback): void {
    // A copy of its own, because the buffer is transferred and the chunks share Node's pool.
    const bytes = new Uint8Array(chunks.reduce((length, chunk) => length + chunk.length, 0));
    let offset = 0;
    for (const chunk of chunks) {
      bytes.set(chunk, offset);
      offset += chunk.length;
    }
    this.#thread.perform({ kind: 'wire', bytes }).then((answer) => {
      if (answer.bytes !== undefined && answer.bytes.length > 0) this.push(Buffer.from(answer.bytes.buffer));
      callback();
    }, callback);
  }
}
