import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { request } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Certificate } from './certificate.js';

export interface TlsProxy extends AsyncDisposable {
  readonly url: string;
}

/**
 * The server at `target` over https, as behind the load balancer of an installation, which may give its pages a
 * Content-Security-Policy beside their own.
 */
export async function startTlsProxy(
  target: string,
  { certificateFile, keyFile }: Certificate,
  policy?: string,
): Promise<TlsProxy> {
  const [cert, key] = await Promise.all([readFile(certificateFile), readFile(keyFile)]);
  const server = createServer({ cert, key }, (incoming, outgoing) => {
    const { method = 'GET', headers } = incoming;
    const forwarded = request(new URL(incoming.url ?? '/', target), { method, headers }, (answer) => {
      for (const [name, value] of Object.entries(answer.headers))
        if (value !== undefined) outgoing.setHeader(name, value);
      const isPage = outgoing.hasHeader('content-security-policy');
      if (isPage && policy) outgoing.appendHeader('content-security-policy', policy);
      outgoing.writeHead(answer.statusCode ?? 502);
      answer.pipe(outgoing);
    });
    forwarded.on('error', () => outgoing.destroy());
    outgoing.on('close', () => forwarded.destroy());
    incoming.pipe(forwarded);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
