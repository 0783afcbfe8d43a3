import { createServer, request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface StallingProxy {
  readonly origin: string;
  /**
   * The next URL of the path gives nothing of the object from this byte on until it is dead; then what is open breaks
   * off. Later URLs give the whole object.
   */
  readonly stall: (path: string, fromByte: number) => void;
  readonly close: () => Promise<void>;
}

/** Stands before a bucket whose objects it delivers whole, but for those that are to stall. */
export async function startStallingProxy(bucketOrigin: string): Promise<StallingProxy> {
  const stalls = new Map<string, { readonly fromByte: number; url: string | null }>();
  const server = createServer((request, response) => {
    const url = request.url ?? '';
    const stall = stalls.get(url.split('?')[0] ?? '');
    if (stall) stall.url ??= url;
    const target = new URL(bucketOrigin);
    const { hostname, port } = target;
    // The host that was signed is that of this proxy, and is kept.
    const options = { hostname, port, method: request.method, path: url, headers: request.headers };
    const asked = httpRequest(options, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      const start = Number(/bytes (\d+)/.exec(answer.headers['content-range'] ?? '')?.[1] ?? 0);
      const left = stall?.url === url ? stall.fromByte - start : Number.POSITIVE_INFINITY;
      // A browser that goes on where it was stopped asks from this very byte.
      const isWhole = left < 0 || !Number.isFinite(left) || (answer.statusCode ?? 0) >= 400;
      if (isWhole) return void answer.pipe(response);
      response.flushHeaders();
      let sent = 0;
      answer.on('data', (chunk: Buffer) => {
        const part = chunk.subarray(0, Math.max(0, left - sent));
        sent += part.length;
        if (part.length > 0) response.write(part);
      });
      setTimeout(() => response.destroy(), Math.max(0, expiryOf(url) - Date.now()) + 50);
    });
    asked.on('error', () => response.destroy());
    asked.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stall: (path, fromByte) => void stalls.set(path, { fromByte, url: null }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Epoch milliseconds at which a URL signed by SigV4 dies. */
function expiryOf(url: string): number {
  const query = new URLSearchParams(url.split('?')[1]);
  const date = (query.get('X-Amz-Date') ?? '').replace(
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/,
    '$1-$2-$3T$4:$5:$6Z',
  );
  return Date.parse(date) + Number(query.get('X-Amz-Expires')) * 1000;
}
