import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ask, pairsOf, type RawAnswer, toFetchAnswer } from './exchange.js';
import type { FetchAnswer, FetchInit } from './suite.js';

export interface BucketAdapter {
  /** What the gateway has as endpoint, with the bucket `test`. */
  readonly url: string;
  /** Asks the gateway for what the suite asks it. */
  fetch(gatewayUrl: string, target: string, init: FetchInit): Promise<FetchAnswer>;
  close(): Promise<void>;
}

/** What a bucket keeps with an object and gives back, and the gateway hands on. */
const carrier = 'content-disposition';
const madeTag = /^"made-\d+"$/;
const forwarded = ['range', 'if-match', 'if-none-match', 'if-modified-since', 'if-unmodified-since'];
const ofConnection = ['connection', 'keep-alive', 'transfer-encoding', carrier];
/** Which the gateway sets as its own configuration says. */
const ownHeaders = ['cache-control', 'x-cache-hit', carrier];

/**
 * Makes the suite's server a bucket, and the gateway a cache that the suite can watch. A bucket tags every object. The
 * suite finds out by headers of its own which answer it got, and checks that every header comes through, of which the
 * gateway hands on those of an object alone: all of them travel in one that it does. And its server has to be told by
 * the client which request of a test comes, for the gateway sends no header on.
 */
export async function startBucketAdapter(suiteUrl: string): Promise<BucketAdapter> {
  const asked = new Map<string, string>();
  let tags = 0;
  const server = createServer((request, response) => {
    const number = asked.get(pathOf(request.url ?? '')) ?? '1';
    forward(suiteUrl, request, number).then(
      (answer) => {
        tags += 1;
        send(answer, response, `"made-${tags}"`);
      },
      () => response.destroy(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    fetch: async (gatewayUrl, target, init) => {
      const number = init.headers?.find(([name]) => name === 'Req-Num')?.[1] ?? '1';
      asked.set(pathOf(target), number);
      const answer = await ask(gatewayUrl + target.replace(/^\/test/, ''), init);
      return unpack(answer);
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const pathOf = (target: string): string => target.replace(/\?.*$/s, '');

function forward(suiteUrl: string, request: IncomingMessage, number: string): Promise<RawAnswer> {
  const headers = forwarded.flatMap((name): [string, string][] => {
    const value = request.headers[name];
    return typeof value === 'string' ? [[name, value]] : [];
  });
  return ask(suiteUrl + request.url, {
    method: request.method ?? 'GET',
    headers: [...headers, ['Req-Num', number]],
  });
}

function send(answer: RawAnswer, response: ServerResponse, tag: string): void {
  const named = (answer.headers.connection ?? '').toLowerCase().split(/\s*,\s*/);
  const all = pairsOf(answer.rawHeaders).filter(([name]) => !named.includes(name.toLowerCase()));
  const headers = all.filter(([name]) => !ofConnection.includes(name.toLowerCase()));
  const isObject = answer.status < 300;
  if (isObject && answer.headers.etag === undefined) headers.push(['ETag', tag]);
  if (isObject) headers.push([carrier, pack(all)]);
  response.writeHead(answer.status, answer.statusText, headers.flat()).end(answer.body);
}

const pack = (headers: readonly (readonly [string, string])[]): string =>
  `attachment; headers=${Buffer.from(JSON.stringify(headers)).toString('base64url')}`;

function unpack(answer: RawAnswer): FetchAnswer {
  const packed = /headers=(\S+)$/.exec(String(answer.headers[carrier] ?? ''))?.[1];
  const stored: [string, string][] =
    packed === undefined ? [] : JSON.parse(Buffer.from(packed, 'base64url').toString());
  const told = pairsOf(answer.rawHeaders).filter(
    ([name, value]) =>
      !madeTag.test(value) && (packed === undefined || !ownHeaders.includes(name.toLowerCase())),
  );
  const names = new Set(told.map(([name]) => name.toLowerCase()));
  const rest = stored.filter(([name]) => !names.has(name.toLowerCase()));
  return toFetchAnswer(answer, [...told, ...rest]);
}
