import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export interface OriginServer {
  origin: string;
  /** Method, path and Range of each request. */
  seen: string[];
  /** Connections that are open. */
  open(): number;
}

export type Behave = (request: IncomingMessage, response: ServerResponse, earlier: number) => void;

/** An origin that behaves as a test wants. */
export async function startOrigin(behave: Behave): Promise<OriginServer> {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    seen.push(`${request.method} ${request.url} ${request.headers.range ?? 'whole'}`);
    behave(request, response, seen.length - 1);
  });
  let open = 0;
  server.on('connection', (socket) => {
    open += 1;
    socket.on('close', () => {
      open -= 1;
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const { port } = server.address() as AddressInfo;
  return { origin: `http://127.0.0.1:${port}`, seen, open: () => open };
}

/** Answers whole objects and ranges of these bytes. @param cutAfter ends the connection after so many bytes of a body */
export function sendBytes(
  request: IncomingMessage,
  response: ServerResponse,
  bytes: Buffer,
  { etag = '"v1"', cutAfter = Number.POSITIVE_INFINITY }: { etag?: string; cutAfter?: number } = {},
): void {
  const [, first, last] = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '') ?? [];
  const ifMatch = request.headers['if-match'];
  if (ifMatch !== undefined && ifMatch !== etag) return void response.writeHead(412).end();
  const start = Number(first ?? 0);
  const end = last === undefined || last === '' ? bytes.length : Math.min(Number(last) + 1, bytes.length);
  const body = bytes.subarray(start, end);
  response.writeHead(first === undefined ? 200 : 206, {
    ETag: etag,
    'Content-Length': body.length,
    ...(first !== undefined && { 'Content-Range': `bytes ${start}-${end - 1}/${bytes.length}` }),
  });
  if (request.method === 'HEAD') return void response.end();
  if (cutAfter >= body.length) return void response.end(body);
  response.write(body.subarray(0, cutAfter), () => response.destroy());
}
