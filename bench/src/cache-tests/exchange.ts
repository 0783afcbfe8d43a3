import { type IncomingHttpHeaders, request } from 'node:http';
import type { FetchAnswer, FetchInit } from './suite.js';

export interface RawAnswer {
  readonly status: number;
  readonly statusText: string;
  /** Names and values in turn. */
  readonly rawHeaders: readonly string[];
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** One request on a connection of its own, as it is: Node's `fetch` would add caching headers. */
export function ask(url: string, { method = 'GET', headers = [], body }: FetchInit): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const framing: [string, string][] = [['Host', new URL(url).host]];
    if (body !== undefined) framing.push(['Content-Length', String(Buffer.byteLength(body))]);
    const all = [...framing, ...headers].flat();
    const sent = request(url, { method, headers: all, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          statusText: response.statusMessage ?? '',
          rawHeaders: response.rawHeaders,
          headers: response.headers,
          body: Buffer.concat(chunks),
        }),
      );
    });
    sent.on('error', reject).end(body);
  });
}

/** Names and values in turn, as pairs. */
export function pairsOf(rawHeaders: readonly string[]): [string, string][] {
  return rawHeaders.flatMap((name, index): [string, string][] =>
    index % 2 === 0 ? [[name, rawHeaders[index + 1] ?? '']] : [],
  );
}

export function toFetchAnswer(
  { status, statusText, body }: RawAnswer,
  headers: readonly (readonly [string, string])[],
): FetchAnswer {
  const collected = new Headers();
  for (const [name, value] of headers) collected.append(name, value);
  return { status, statusText, headers: collected, text: async () => body.toString() };
}
