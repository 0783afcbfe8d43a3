import { createServer, type RequestListener, type Server, type ServerOptions } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createServer as createTcpServer, type Socket, type Server as TcpServer } from 'node:net';
import { createServer as createTlsServer, TLSSocket } from 'node:tls';
import { parseAddress } from '../allow-list/address.js';
import type { AddressTable } from '../allow-list/address-table.js';
import type { Certificate, ListenerConfig } from '../config/gateway-config.js';
import { tellAddress } from './client-address.js';
import { readProxyHeader } from './proxy-protocol.js';
import { TlsContexts } from './tls-contexts.js';

export interface Listener {
  /** As `https://127.0.0.1:8443`. */
  readonly url: string;
  replaceCertificates(certificates: readonly Certificate[]): void;
  /** Takes no more connections; resolves when the last has ended. */
  close(): Promise<void>;
  /** Ends connections on which no answer is under way, or all. */
  cut(which: 'idle' | 'all'): void;
}

/** A request has to come within these times: who sends it byte by byte keeps a connection and no more. */
const serverOptions: ServerOptions = {
  maxHeaderSize: 16 * 1024,
  headersTimeout: 15_000,
  requestTimeout: 30_000,
  keepAliveTimeout: 65_000,
  connectionsCheckingInterval: 5000,
  noDelay: true,
  // Refused by our own rules, which also drop what is behind it on the connection.
  requireHostHeader: false,
};
/** Without a byte in either direction: a client that stopped reading. */
const idleTimeoutMs = 120_000;
const badRequest = 'HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n';

/** @throws the error of `listen` */
export async function openListener(
  config: ListenerConfig,
  trustedProxies: () => AddressTable,
  onRequest: RequestListener,
): Promise<Listener> {
  const http = createServer(serverOptions, onRequest);
  http.setTimeout(idleTimeoutMs);
  http.on('clientError', (_error, socket) => {
    if (socket.writable) socket.end(badRequest);
    else socket.destroy();
  });
  const contexts = config.certificates === null ? null : new TlsContexts(config.certificates);
  const server = acceptConnections(config, http, contexts, trustedProxies);
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    const { host, port } = config.address;
    server.once('error', reject).listen(port, host, resolve);
  });
  const { address, family, port } = server.address() as AddressInfo;
  const host = family === 'IPv6' ? `[${address}]` : address;
  return {
    url: `${contexts === null ? 'http' : 'https'}://${host}:${port}`,
    replaceCertificates: (certificates) => contexts?.replace(certificates),
    close: () => new Promise((resolve) => void server.close(() => resolve())),
    cut: (which) => {
      http.closeIdleConnections();
      if (which === 'all') for (const socket of sockets) socket.destroy();
    },
  };
}

/** What takes connections and hands them to the HTTP server when they are ready for it. */
function acceptConnections(
  config: ListenerConfig,
  http: Server,
  contexts: TlsContexts | null,
  trustedProxies: () => AddressTable,
): TcpServer {
  const hand = (socket: Socket): void => void http.emit('connection', socket);
  if (!config.proxyProtocol) return contexts === null ? http : tlsServer(contexts, hand);
  return createTcpServer({ noDelay: true }, (socket) => {
    socket.on('error', () => socket.destroy());
    const peer = parseAddress(socket.remoteAddress ?? '');
    if (peer === null || !trustedProxies().has(peer)) return void socket.destroy();
    readProxyHeader(socket).then(
      ({ address }) => {
        const ready = contexts === null ? socket : wrap(socket, contexts);
        if (address !== null) tellAddress(ready, address);
        hand(ready);
        // It was paused with the bytes behind the header at hand.
        ready.resume();
      },
      () => socket.destroy(),
    );
  });
}

function tlsServer(contexts: TlsContexts, hand: (socket: Socket) => void): TcpServer {
  const options = { ...tlsOptions(contexts), handshakeTimeout: 15_000, noDelay: true };
  const server = createTlsServer({ ...options, ...contexts.first }, hand);
  contexts.onReplace(() => server.setSecureContext({ ...contexts.first, minVersion: options.minVersion }));
  server.on('tlsClientError', (_error, socket) => socket.destroy());
  return server;
}

function wrap(socket: Socket, contexts: TlsContexts): TLSSocket {
  const secureContext = contexts.contextFor('');
  const secure = new TLSSocket(socket, { isServer: true, ...tlsOptions(contexts), secureContext });
  secure.on('error', () => socket.destroy());
  return secure;
}

function tlsOptions(contexts: TlsContexts) {
  return {
    SNICallback: (
      name: string,
      done: (error: Error | null, context?: ReturnType<TlsContexts['contextFor']>) => void,
    ) => done(null, contexts.contextFor(name)),
    minVersion: 'TLSv1.2' as const,
    ALPNProtocols: ['http/1.1'],
  };
}
