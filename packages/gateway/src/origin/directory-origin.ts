import { constants, createReadStream, type ReadStream, type Stats } from 'node:fs';
import { type FileHandle, open, realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { contentTypeOf } from './content-types.js';
import { type AnswerHead, type AnswerSink, type ObjectRequest, type Origin, OriginError } from './origin.js';

export interface DirectoryOriginConfig {
  directory: string;
}

interface OpenFile {
  file: FileHandle;
  stats: Stats;
  etag: string;
}

/**
 * The regular files below a directory. Hidden files, and links that lead out of the directory, are not there; nor is
 * anything listed.
 */
export class DirectoryOrigin implements Origin {
  readonly identity: string;
  readonly #root: string;

  constructor({ directory }: DirectoryOriginConfig) {
    this.#root = directory;
    this.identity = `directory ${directory}`;
  }

  fetch(request: ObjectRequest, sink: AnswerSink): { resume(): void; abort(): void } {
    const call = new FileCall(sink);
    this.#open(request.key).then(
      (found) => call.answer(request, found),
      (error: unknown) => call.fail(toOriginError(error)),
    );
    return call;
  }

  async close(): Promise<void> {}

  async #open(key: string): Promise<OpenFile> {
    const isServed = key
      .split('/')
      .every((segment) => segment !== '' && !segment.startsWith('.') && !/[\\:\0]/.test(segment));
    if (!isServed) throw missing();
    const root = await realpath(this.#root);
    const path = await realpath(join(root, key));
    if (!path.startsWith(root.endsWith(sep) ? root : root + sep)) throw missing();
    const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    try {
      const stats = await file.stat();
      if (!stats.isFile()) throw missing();
      const etag = `"${stats.ino.toString(36)}-${stats.size.toString(36)}-${Math.round(stats.mtimeMs * 1000).toString(36)}"`;
      return { file, stats, etag };
    } catch (error) {
      await file.close();
      throw error;
    }
  }
}

class FileCall {
  readonly #sink: AnswerSink;
  #isAborted = false;
  #stream: ReadStream | null = null;

  constructor(sink: AnswerSink) {
    this.#sink = sink;
  }

  resume(): void {
    this.#stream?.resume();
  }

  abort(): void {
    this.#isAborted = true;
    this.#stream?.destroy();
  }

  fail(error: OriginError): void {
    if (!this.#isAborted) this.#sink.onError(error);
  }

  answer(request: ObjectRequest, found: OpenFile): void {
    const outcome = this.#isAborted ? null : headOf(request, found);
    if (outcome === null || outcome instanceof OriginError) {
      void found.file.close();
      if (outcome !== null) this.fail(outcome);
      return;
    }
    this.#sink.onHead(outcome);
    const { start, end } = boundsOf(request, found.stats.size);
    if (request.method === 'HEAD' || outcome.status === 304 || start === end) {
      void found.file.close();
      if (!this.#isAborted) this.#sink.onEnd();
    } else if (this.#isAborted) void found.file.close();
    else this.#send(found, start, end);
  }

  #send({ file }: OpenFile, start: number, end: number): void {
    const stream = createReadStream('', { fd: file, start, end: end - 1, highWaterMark: 256 * 1024 });
    this.#stream = stream;
    stream.on('data', (chunk) => {
      if (!this.#isAborted && !this.#sink.onData(Buffer.from(chunk))) stream.pause();
    });
    stream.on('end', () => {
      if (!this.#isAborted) this.#sink.onEnd();
    });
    stream.on('error', (error) => this.fail(toOriginError(error)));
  }
}

function headOf(request: ObjectRequest, { stats, etag }: OpenFile): AnswerHead | OriginError {
  const { size } = stats;
  if (request.ifMatch !== null && request.ifMatch !== etag) {
    return new OriginError('changed', 'The file was changed.');
  }
  const { start, end } = boundsOf(request, size);
  if (request.range !== null && start >= size) {
    return new OriginError('unsatisfiable', 'The file is shorter than the range.');
  }
  const isRange = request.range !== null;
  return {
    status: request.ifNoneMatch === etag ? 304 : isRange ? 206 : 200,
    headers: {
      etag,
      'content-type': contentTypeOf(request.key),
      'last-modified': stats.mtime.toUTCString(),
      'content-length': String(end - start),
      ...(isRange && { 'content-range': `bytes ${start}-${end - 1}/${size}` }),
    },
  };
}

function boundsOf({ range }: ObjectRequest, size: number): { start: number; end: number } {
  return { start: range?.start ?? 0, end: Math.min(range?.end ?? size, size) };
}

const missing = (): OriginError => new OriginError('missing', 'There is no such file.');

const absent = ['ENOENT', 'ENOTDIR', 'EISDIR', 'ELOOP', 'ENAMETOOLONG', 'ENXIO'];

function toOriginError(error: unknown): OriginError {
  if (error instanceof OriginError) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason';
  if (absent.includes(code)) return missing();
  if (code === 'EACCES') return new OriginError('denied', 'The gateway may not read the file.');
  return new OriginError('failed', `The file could not be read (${code}).`, { cause: error });
}
