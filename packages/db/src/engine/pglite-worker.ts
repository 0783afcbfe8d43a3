// Runs in a worker thread: PGlite blocks the event loop of its thread for as long as a statement runs.
import { readFile } from 'node:fs/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { PGlite, type PGliteOptions } from '@electric-sql/pglite';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import type { ServerFailure } from './errors.js';
import { checkpointParameters } from './pglite-checkpoints.js';
import { DurableNodeFs } from './pglite-filesystem.js';
import {
  OPENED,
  type PgliteReply,
  type PgliteRequest,
  type PgliteTask,
  type PgliteWorkerOptions,
} from './pglite-messages.js';

type Answer = { bytes?: Uint8Array<ArrayBuffer>; rows?: number };

/** The exit status by which PGlite's engine returns to its main loop after an SQL error. */
const LONGJMP_STATUS = 100;

/** The thread runs on for a moment after `process.exit`; what it would answer then means nothing. */
let engineIsDead = false;

function endThread(): void {
  engineIsDead = true;
  process.exit(1);
}

/**
 * PGlite ignores every exception of the engine's main loop and calls it again. After a trap or an exit that
 * would go on for ever, so the thread ends instead and the main thread rejects what is pending.
 */
function endThreadWhenEngineDies(db: PGlite): void {
  const engine: { _PostgresMainLoopOnce(): void } = db.Module;
  const loopOnce = engine._PostgresMainLoopOnce;
  engine._PostgresMainLoopOnce = () => {
    try {
      loopOnce();
    } catch (error) {
      if (!(error instanceof Object && Reflect.get(error, 'status') === LONGJMP_STATUS)) endThread();
      throw error;
    }
  };
}

async function open({ dataDir, template }: PgliteWorkerOptions): Promise<PGlite> {
  const options: PGliteOptions = {
    extensions: { pg_trgm },
    startParams: startParameters(dataDir !== undefined),
    ...(dataDir !== undefined && { fs: new DurableNodeFs(dataDir) }),
    ...(template !== undefined && { loadDataDir: await readTemplate(template) }),
  };
  const db = await PGlite.create(options);
  endThreadWhenEngineDies(db);
  return db;
}

async function readTemplate(path: string): Promise<Blob> {
  return new Blob([await readFile(path)], { type: 'application/x-gzip' });
}

/** Durable: emscripten's fdatasync does nothing, so the log must be written with fsync. */
function startParameters(durable: boolean): string[] {
  const usual = [...PGlite.defaultStartParams, ...checkpointParameters];
  if (!durable) return usual;
  const withoutNoFsync = usual.filter((parameter) => parameter !== '-F');
  return [...withoutNoFsync, '-c', 'fsync=on', '-c', 'wal_sync_method=fsync'];
}

async function perform(db: PGlite, task: PgliteTask): Promise<Answer> {
  switch (task.kind) {
    case 'wire':
      return { bytes: await exchange(db, task.bytes) };
    case 'copy':
      return { rows: await copy(db, task.text, task.bytes) };
    case 'reset':
      if (db.isInTransaction()) await db.exec('ROLLBACK');
      await db.exec('DISCARD ALL');
      return {};
    case 'close':
      await db.close();
      return {};
  }
}

async function exchange(db: PGlite, bytes: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  // The chunk is a view into the memory of the engine, which changes after the call.
  await db.execProtocolRawStream(bytes, {
    syncToFs: false,
    onRawData: (chunk) => chunks.push(chunk.slice()),
  });
  return joined(chunks);
}

function joined(chunks: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(chunks.reduce((length, chunk) => length + chunk.length, 0));
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  return bytes;
}

/** A Blob copies its content twice; with batches of 3 MB that is 300 MB of resident memory (measured). */
class RowsBlob extends Blob {
  readonly #bytes: Uint8Array<ArrayBuffer>;

  constructor(bytes: Uint8Array<ArrayBuffer>) {
    super([]);
    this.#bytes = bytes;
  }

  override async arrayBuffer(): Promise<ArrayBuffer> {
    const { buffer, byteLength } = this.#bytes;
    return byteLength === buffer.byteLength ? buffer : this.#bytes.slice().buffer;
  }
}

async function copy(db: PGlite, text: string, bytes: Uint8Array<ArrayBuffer>): Promise<number> {
  const result = await db.query(text, [], { blob: new RowsBlob(bytes) });
  return result.affectedRows ?? 0;
}

function toFailure(error: unknown): ServerFailure {
  const field = (name: string): string | undefined => {
    const value: unknown = error instanceof Error ? Reflect.get(error, name) : undefined;
    return typeof value === 'string' ? value : undefined;
  };
  return {
    message: field('message') ?? String(error),
    code: field('code'),
    constraint: field('constraint'),
  };
}

async function serve(port: NonNullable<typeof parentPort>): Promise<void> {
  const reply = (message: PgliteReply) => {
    if (engineIsDead) return;
    const bytes = 'bytes' in message ? message.bytes : undefined;
    port.postMessage(message, bytes === undefined ? [] : [bytes.buffer]);
  };
  let db: PGlite;
  try {
    db = await open(workerData as PgliteWorkerOptions);
    reply({ id: OPENED });
  } catch (error) {
    reply({ id: OPENED, failure: toFailure(error) });
    return;
  }
  let tail: Promise<void> = Promise.resolve();
  port.on('message', ({ id, task }: PgliteRequest) => {
    tail = tail.then(async () => {
      try {
        reply({ id, ...(await perform(db, task)) });
      } catch (error) {
        const failure = toFailure(error);
        // SQL errors have an SQLSTATE; whatever else comes out of the engine is its end.
        if (failure.code === undefined) endThread();
        reply({ id, failure });
      }
      if (task.kind === 'close') port.close();
    });
  });
}

if (parentPort !== null) await serve(parentPort);
