import { mkdtemp, rm } from 'node:fs/promises';
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Bucket, startBucket } from '@latchkey/bucket/start-bucket';
import { createPresigner } from '@latchkey/locator/sigv4/presigner';

const credentials = { accessKeyId: 'AKIATEST', secretAccessKey: 'a secret of the test' };

export interface MediaStorage extends AsyncDisposable {
  readonly bucket: Bucket;
  /** Puts an object, unless it is there, and signs a URL of it. */
  put(key: string, content: Uint8Array | string, contentType: string): Promise<string>;
  sign(key: string, expiresInSeconds?: number): string;
  /** Signed a day ago for an hour. */
  signExpired(key: string): string;
}

/** A bucket on this machine that verifies signatures. */
export async function startMediaStorage(): Promise<MediaStorage> {
  const directory = await mkdtemp(join(tmpdir(), 'latchkey-media-'));
  const bucket = await startBucket({ bucket: 'media', directory, allowedOrigins: 'any', ...credentials });
  const signer = (now: () => number) =>
    createPresigner({
      endpoint: bucket.origin,
      bucket: 'media',
      region: 'us-east-1',
      pathStyle: true,
      now,
      ...credentials,
    });
  const sign = (key: string, expiresInSeconds = 3600) => signer(Date.now)(key, { expiresInSeconds });
  return {
    bucket,
    sign,
    signExpired: (key) => signer(() => Date.now() - 86_400_000)(key, { expiresInSeconds: 3600 }),
    put: async (key, content, contentType) => {
      await bucket.putObject(key, content, contentType);
      return sign(key);
    },
    [Symbol.asyncDispose]: async () => {
      await bucket.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

export interface SlowStorage extends AsyncDisposable {
  readonly origin: string;
  /** Of the requests that were made. */
  readonly count: () => number;
  readonly openConnections: () => number;
  /** Answers what is waiting, and what comes from now on. */
  release(): void;
}

/** A storage that keeps every request waiting until it is released; then it serves the object with ranges. */
export async function startSlowStorage(object: Uint8Array): Promise<SlowStorage> {
  const waiting: (() => void)[] = [];
  const sockets = new Set<Socket>();
  let count = 0;
  let isReleased = false;
  const serve = (request: IncomingMessage, response: ServerResponse): void => {
    const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '') ?? [];
    const [start, end] = [Number(from), Math.min(Number(to), object.length - 1)];
    response.writeHead(206, { 'content-range': `bytes ${start}-${end}/${object.length}` });
    response.end(object.subarray(start, end + 1));
  };
  const server = createHttpServer((request, response) => {
    count += 1;
    if (isReleased) serve(request, response);
    else waiting.push(() => serve(request, response));
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    count: () => count,
    openConnections: () => sockets.size,
    release: () => {
      isReleased = true;
      for (const answer of waiting.splice(0)) answer();
    },
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** A port on which nothing listens. */
export async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** A text file of the storage's own, for readers that are not the subject of the test. */
export const someText = new TextEncoder().encode('Some lines of text.\n'.repeat(20));
