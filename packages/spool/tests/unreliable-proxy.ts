import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** What becomes of a request; `cut` ends the connection before an answer, `half` in the middle of its body. */
export type Fate = 'pass' | 'cut' | 'half' | 'silence' | number;

export interface Proxy {
  origin: string;
  /** Method and path of every request, in order. */
  seen: string[];
  /** Requests that were under way at once, at most. */
  mostAtOnce: () => number;
}

/** Stands before a bucket. The `Host` header stays as it came, so signatures are made for the proxy. */
export async function startProxy(
  target: string,
  decide: (method: string, path: string, earlier: number) => Fate,
): Promise<Proxy> {
  const seen: string[] = [];
  let [open, most] = [0, 0];
  const server = createServer((incoming, outgoing) => {
    const line = `${incoming.method} ${incoming.url?.split('?')[0]}`;
    const earlier = seen.filter((other) => other === line).length;
    seen.push(line);
    open += 1;
    most = Math.max(most, open);
    outgoing.on('close', () => {
      open -= 1;
    });
    answer(target, decide(incoming.method ?? '', line, earlier), incoming, outgoing);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const { port } = server.address() as AddressInfo;
  return { origin: `http://127.0.0.1:${port}`, seen, mostAtOnce: () => most };
}

function answer(target: string, fate: Fate, incoming: IncomingMessage, outgoing: ServerResponse): void {
  if (fate === 'silence') return void incoming.resume();
  if (fate === 'cut') {
    const cut = () => void incoming.socket.destroy();
    return void incoming.once('data', cut).once('end', cut);
  }
  if (typeof fate === 'number') {
    incoming.resume();
    outgoing.writeHead(fate).end('<Error><Code>SlowDown</Code></Error>');
    return;
  }
  const { method, url, headers } = incoming;
  const forwarded = request(target + url, { method, headers }, (answered) => {
    outgoing.writeHead(answered.statusCode ?? 0, answered.headers);
    if (fate === 'half')
      answered.once('data', (chunk: Buffer) =>
        outgoing.write(chunk.subarray(0, 1), () => outgoing.destroy()),
      );
    else answered.pipe(outgoing);
  });
  forwarded.on('error', () => outgoing.destroy());
  incoming.pipe(forwarded);
}
