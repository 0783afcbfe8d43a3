import { mkdir } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { openDatabase } from '@latchkey/db/engine/open-database';
import { migrate } from '@latchkey/db/migrate/migrate';
import { releaseAllLeases } from '@latchkey/db/upload-jobs/parts-writer';
import type { FastifyInstance } from 'fastify';
import { buildApp } from './app.js';
import { runSealing } from './audit/seal-log.js';
import { ensureConfiguredAdmin, prepareSetup } from './auth/service.js';
import { readConfig } from './config/environment.js';
import { readSecretKeys, usesKeyFile } from './config/secret-keys.js';
import type { Environment } from './config/settings.js';
import type { AppContext } from './context.js';
import { closeContext, createContext } from './create-context.js';
import { joinInstallation } from './installation.js';
import { createLogger } from './log.js';
import { runWorker } from './registration/worker.js';
import { followKeyFile } from './secret-keys/follow-key-file.js';
import { startTracing } from './tracing/start-tracing.js';
import { tracedDatabase } from './tracing/traced-database.js';

export interface RunOptions {
  readonly environment: Environment;
  /** Directory of the built web app; null serves the API alone. */
  readonly webRoot: string | null;
  /** Where the few lines for the person who started the server go. */
  readonly print: (line: string) => void;
  /** Aborted to stop. */
  readonly signal: AbortSignal;
}

export interface RunningServer {
  readonly url: string;
  readonly context: AppContext;
  /** Settles when everything is stopped; rejects if stopping failed. */
  readonly closed: Promise<void>;
}

/** Starts API, worker or both, as the environment says. Throws `ConfigError` for settings that can't work. */
export async function runServer({ environment, webRoot, print, signal }: RunOptions): Promise<RunningServer> {
  const config = readConfig(environment);
  await mkdir(config.dataDir, { recursive: true, mode: 0o700 });
  const readKeys = () => readSecretKeys(environment, config.dataDir);
  readKeys();
  const logger = createLogger(config.logLevel);
  const tracing = await startTracing(config, (message) => logger.warn(message));
  const opened = await openDatabase(
    config.databaseUrl === null
      ? { dataDir: join(config.dataDir, 'database') }
      : { databaseUrl: config.databaseUrl },
  );
  const db = tracedDatabase(opened, tracing);
  const stopping = new AbortController();
  const context = await createContext({
    config,
    readSecretKeys: readKeys,
    db,
    tracing,
    stopping: stopping.signal,
  });
  try {
    await migrate(db);
    await joinInstallation(context);
    if (usesKeyFile(environment)) followKeyFile(context);
    if (db.engine === 'pglite') await releaseAllLeases(db);
    await ensureConfiguredAdmin(context);
    const app = config.role === 'worker' ? null : await buildApp(context, webRoot);
    const url = app ? await listen(app, context) : 'no address: this process only registers';
    const failed = new AbortController();
    const worker = config.role === 'api' ? Promise.resolve() : runWorker(context, stopping.signal);
    worker.catch(() => failed.abort());
    const sealed = new AbortController();
    const sealing = runSealing(context, sealed.signal);
    const closed = stopAt(AbortSignal.any([signal, failed.signal]), async () => {
      stopping.abort();
      if (app) await closeApp(app);
      await worker.finally(async () => {
        // After all that writes entries.
        sealed.abort();
        await sealing;
        await closeContext(context);
      });
    });
    await printReady(context, url, print);
    return { url, context, closed };
  } catch (error) {
    await closeContext(context);
    throw error;
  }
}

async function listen(app: FastifyInstance, { config }: AppContext): Promise<string> {
  await app.listen({ host: config.host, port: config.port });
  const { port } = app.server.address() as AddressInfo;
  const host = config.host.includes(':') ? `[${config.host}]` : config.host;
  return config.publicUrl ?? `http://${host}:${port}`;
}

const closeGraceMs = 2000;

/** Requests under way get a short grace. Browsers keep connections open on which they have not asked anything yet. */
async function closeApp(app: FastifyInstance): Promise<void> {
  const grace = setTimeout(() => app.server.closeAllConnections(), closeGraceMs);
  await app.close().finally(() => clearTimeout(grace));
}

function stopAt(signal: AbortSignal, stop: () => Promise<void>): Promise<void> {
  return new Promise((resolve, reject) => {
    const run = (): void => void stop().then(resolve, reject);
    if (signal.aborted) run();
    else signal.addEventListener('abort', run, { once: true });
  });
}

async function printReady(context: AppContext, url: string, print: (line: string) => void): Promise<void> {
  const token = context.config.role === 'worker' ? null : await prepareSetup(context);
  if (token !== null)
    print(`Open this link once to create the first administrator: ${url}/setup?token=${token}`);
  print(`Latchkey is ready at ${url}`);
}
