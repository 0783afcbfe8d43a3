import pg from 'pg';
import { toDatabaseError } from './errors.js';

type Handler = (payload: string) => void;

/** LISTEN on PGlite's one session. All senders are in this process and share the session. */
export class PgliteListeners {
  readonly #pool: pg.Pool;
  readonly #channels = new Map<string, Set<Handler>>();

  constructor(pool: pg.Pool) {
    this.#pool = pool;
    pool.on('connect', (client) => {
      client.on('notification', ({ channel, payload }) => this.#dispatch(channel, payload ?? ''));
      for (const channel of this.#channels.keys()) {
        client.query(listenText(channel)).catch(() => undefined);
        this.#dispatch(channel, '');
      }
    });
  }

  async listen(channel: string, handler: Handler): Promise<() => Promise<void>> {
    const handlers = this.#channels.get(channel) ?? new Set();
    handlers.add(handler);
    try {
      await this.#pool.query(listenText(channel));
    } catch (error) {
      throw toDatabaseError(error, 'engine.listen');
    }
    this.#channels.set(channel, handlers);
    // The session goes on listening: a notification without a handler costs nothing.
    return async () => {
      handlers.delete(handler);
    };
  }

  #dispatch(channel: string, payload: string): void {
    for (const handler of this.#channels.get(channel) ?? []) handler(payload);
  }
}

function listenText(channel: string): string {
  return `LISTEN ${pg.escapeIdentifier(channel)}`;
}
