import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { toDatabaseError } from './errors.js';

const MAX_RECONNECT_DELAY_MS = 5_000;

/** LISTENs on a connection of its own and opens a new one whenever it is lost. */
export async function listenOnPostgres(
  config: pg.ClientConfig,
  channel: string,
  handler: (payload: string) => void,
): Promise<() => Promise<void>> {
  const stopped = new AbortController();
  let client = await subscribe(config, channel, handler);
  const watching = watch();

  async function watch(): Promise<void> {
    while (await lost(client, stopped.signal)) {
      const next = await reconnect(() => subscribe(config, channel, handler), stopped.signal);
      if (next === undefined) return;
      client = next;
      handler('');
    }
  }

  return async () => {
    stopped.abort();
    await watching;
    await client.end();
  };
}

async function subscribe(
  config: pg.ClientConfig,
  channel: string,
  handler: (payload: string) => void,
): Promise<pg.Client> {
  const client = new pg.Client(config);
  client.on('error', () => undefined);
  client.on('notification', ({ payload }) => handler(payload ?? ''));
  try {
    await client.connect();
    await client.query(`LISTEN ${pg.escapeIdentifier(channel)}`);
    return client;
  } catch (error) {
    await client.end();
    throw toDatabaseError(error, 'engine.listen');
  }
}

/** Resolves with true when the connection ends, with false when `signal` is aborted first. */
function lost(client: pg.Client, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve(false);
    client.once('end', () => resolve(true));
    signal.addEventListener('abort', () => resolve(false), { once: true });
  });
}

async function reconnect(
  open: () => Promise<pg.Client>,
  signal: AbortSignal,
): Promise<pg.Client | undefined> {
  for (let wait = 50; !signal.aborted; wait = Math.min(wait * 2, MAX_RECONNECT_DELAY_MS)) {
    try {
      return await open();
    } catch {
      await delay(wait, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }
  return undefined;
}
