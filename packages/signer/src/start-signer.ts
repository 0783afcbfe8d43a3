import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAnswerer, type GivenAnswer } from './answer-request.js';
import type { SignerConfig } from './config.js';
import { createObjectSigner, type OpenStore } from './sign-objects.js';
import { RequestRefusal } from './signer-error.js';
import { createTokenVerifier } from './verify-token.js';

export interface SignerOptions {
  readonly config: SignerConfig;
  readonly openStore: OpenStore;
  /** One line for each request: who asked for how much. Holds no URL and no token. */
  readonly log: (line: Readonly<Record<string, unknown>>) => void;
  readonly now?: () => number;
}

export interface RunningSigner {
  readonly address: string;
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

const maxBodyBytes = 4 * 1024 * 1024;

/** Listens until it is closed. Rejects when the address is taken. */
export async function startSigner({
  config,
  openStore,
  log,
  now = Date.now,
}: SignerOptions): Promise<RunningSigner> {
  const onFault = (error: unknown) => log({ level: 'error', fault: describe(error) });
  const { rules, stores } = config;
  const answer = createAnswerer({
    config,
    now,
    onFault,
    verifyToken: createTokenVerifier(config, now),
    signObject: createObjectSigner({ rules, stores, openStore, now, onFault }),
  });
  const path = new URL(config.signerUrl).pathname;
  const server = createServer(async (request, response) => {
    if (request.url === '/health') return send(response, { status: 200, headers: {}, body: null, said: {} });
    if (request.url?.split('?')[0] !== path)
      return send(response, { status: 404, headers: {}, body: null, said: {} });
    const given = await answer({
      method: request.method ?? '',
      origin: request.headers.origin,
      authorization: request.headers.authorization,
      contentType: request.headers['content-type'],
      readBody: () => readBody(request),
    });
    send(response, given);
    if (request.method !== 'OPTIONS') log({ level: 'info', status: given.status, ...given.said });
  });
  server.requestTimeout = 30_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(config.port, config.host, resolve);
  });
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  const { port } = server.address() as AddressInfo;
  const host = config.host.includes(':') ? `[${config.host}]` : config.host;
  return { address: `http://${host}:${port}${path}`, close, [Symbol.asyncDispose]: close };
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxBodyBytes)
      throw new RequestRefusal(413, 'too_many_objects', `The body has more than ${maxBodyBytes} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function send(response: ServerResponse, { status, headers, body }: GivenAnswer): void {
  const text = body === null ? '' : JSON.stringify(body);
  response.writeHead(status, {
    ...headers,
    'x-content-type-options': 'nosniff',
    ...(text !== '' && { 'content-type': 'application/json; charset=utf-8' }),
    'content-length': Buffer.byteLength(text),
  });
  response.end(text);
}

const describe = (error: unknown) =>
  error instanceof Error ? { name: error.name, message: error.message } : { name: 'unknown' };
