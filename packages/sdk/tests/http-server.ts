import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export interface ReceivedRequest {
  readonly method: string;
  readonly target: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}
export interface Answer {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  /** Text is sent as it is, anything else as JSON. */
  readonly body?: unknown;
  /** Instead of the body: sent piece by piece. Where it throws, the connection breaks. */
  readonly pieces?: AsyncIterable<string>;
  /** Break the connection instead of answering. */
  readonly destroy?: boolean;
}

/** A real server that keeps what it received and answers as told; it ends with the test. */
export async function startHttpServer(answer: (request: ReceivedRequest, index: number) => Answer) {
  const requests: ReceivedRequest[] = [];
  const server = createServer(async (incoming, response) => {
    let body = '';
    for await (const chunk of incoming) body += chunk;
    const { method = '', url: target = '', headers } = incoming;
    const request = { method, target, headers, body };
    requests.push(request);
    const reply = answer(request, requests.length - 1);
    if (reply.destroy) return incoming.socket.destroy();
    if (reply.pieces) return sendPieces(response, reply.headers, reply.pieces);
    const hasBody = reply.body !== undefined;
    response.writeHead(reply.status ?? (hasBody ? 200 : 204), reply.headers);
    response.end(hasBody ? textOf(reply.body) : undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { baseUrl: `http://127.0.0.1:${port}`, requests };
}

async function sendPieces(
  response: ServerResponse,
  headers: Record<string, string> | undefined,
  pieces: AsyncIterable<string>,
): Promise<void> {
  response.writeHead(200, headers);
  response.flushHeaders();
  try {
    for await (const piece of pieces) response.write(piece);
    response.end();
  } catch {
    response.socket?.destroy();
  }
}

const textOf = (body: unknown) => (typeof body === 'string' ? body : JSON.stringify(body));
