import { request } from 'node:http';
import { connect } from 'node:net';
import { onTestFinished } from 'vitest';

export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: Buffer;
  /** The connection ended before the body. */
  isCut: boolean;
}

export interface Call {
  method?: string;
  headers?: Record<string, string | string[]>;
  /** The client's own address: all of 127.0.0.0/8 is this machine. */
  from?: string;
}

/** Sends the target as it is given. */
export function get(url: string, target: string, call: Call = {}): Promise<Answer> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        host: hostname,
        port,
        path: target,
        method: call.method ?? 'GET',
        headers: call.headers ?? {},
        localAddress: call.from ?? '127.0.0.1',
        agent: false,
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', () => undefined);
        response.on('close', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers as Record<string, string>,
            body: Buffer.concat(chunks),
            isCut: !response.complete,
          }),
        );
      },
    );
    sent.on('error', reject).end();
  });
}

/** Writes bytes to a connection and answers all that comes back until it is closed. */
export function raw(port: number, bytes: string | Buffer, from = '127.0.0.1'): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', localAddress: from });
    let text = '';
    socket.setTimeout(5000, () => socket.destroy());
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
    });
    socket.on('error', (error: NodeJS.ErrnoException) =>
      error.code === 'ECONNRESET' ? undefined : reject(error),
    );
    socket.on('close', () => resolve(text));
    socket.write(bytes);
    onTestFinished(() => void socket.destroy());
  });
}

/** Bytes of which each range differs from the others. */
export function patterned(length: number): Buffer {
  const bytes = Buffer.alloc(length);
  for (let at = 0; at + 4 <= length; at += 4) bytes.writeUInt32LE((at * 2_654_435_761) >>> 0, at);
  return bytes;
}
