import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface StorageServer extends AsyncDisposable {
  readonly url: string;
  /** `bytes=...` of each request so far, and what was sent of bodies. */
  readonly ranges: string[];
  readonly sent: { bytes: number };
}

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

export async function startServer(handler: Handler): Promise<StorageServer> {
  const ranges: string[] = [];
  const sent = { bytes: 0 };
  const server = createServer((request, response) => {
    ranges.push(request.headers.range ?? '');
    const write = response.write.bind(response) as (chunk: Uint8Array) => boolean;
    response.write = ((chunk: Uint8Array) => {
      sent.bytes += chunk.length;
      return write(chunk);
    }) as typeof response.write;
    handler(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/object`,
    ranges,
    sent,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A storage as it should be: ranges, 206, 416, Content-Range. */
export function serveBytes(bytes: Uint8Array, contentType = 'application/octet-stream'): Handler {
  return (request, response) => {
    const match = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '');
    const start = Number(match?.[1] ?? 0);
    if (start >= bytes.length) {
      response.writeHead(416, { 'content-range': `bytes */${bytes.length}` }).end();
      return;
    }
    const end = Math.min(Number(match?.[2] ?? bytes.length), bytes.length - 1);
    response.writeHead(206, {
      'content-range': `bytes ${start}-${end}/${bytes.length}`,
      'content-length': end - start + 1,
      'content-type': contentType,
    });
    response.write(bytes.subarray(start, end + 1));
    response.end();
  };
}

/** Sends for ever, as fast as the client reads. */
export function pour(response: ServerResponse): void {
  const chunk = Buffer.alloc(64 * 1024, 0x41);
  const write = () => {
    while (!response.destroyed && response.write(chunk));
  };
  response.on('drain', write);
  write();
}
