import { createServer, type IncomingHttpHeaders, type OutgoingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a storage, or what stands before it, can do wrong; each is the path of an object that shows it. */
export type StorageFault =
  | 'none'
  | 'no-cors'
  | 'no-ranges'
  | 'ranges-hidden'
  | 'no-vary'
  | 'wrong-type'
  | 'wrong-region'
  | 'address-refused'
  | 'storage-error';

export interface FaultyStorage extends AsyncDisposable {
  readonly origin: string;
  readonly requestCount: () => number;
  urlOf(fault: StorageFault): string;
}

interface Answer {
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;
  readonly body: Uint8Array | string;
}

const exposed = { 'Access-Control-Expose-Headers': 'Content-Range, Content-Length, ETag' };
const corsFor = (origin: string | undefined) => ({
  'Access-Control-Allow-Origin': origin ?? '*',
  Vary: 'Origin',
});

/** Serves one object at many addresses, on each with another fault of real storages. */
export async function startFaultyStorage(object: Uint8Array, contentType: string): Promise<FaultyStorage> {
  let requests = 0;
  const server = createServer((request, response) => {
    requests += 1;
    const fault = request.url?.slice(1) as StorageFault;
    const { status, headers, body } = answerTo(fault, request.headers, object, contentType);
    response.writeHead(status, headers).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    requestCount: () => requests,
    urlOf: (fault) => `${origin}/${fault}`,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function answerTo(
  fault: StorageFault,
  { origin, range }: IncomingHttpHeaders,
  object: Uint8Array,
  contentType: string,
): Answer {
  const cors = corsFor(origin);
  const whole = { status: 200, body: object };
  const part = range
    ? {
        status: 206,
        headers: { 'Content-Range': `bytes 0-0/${object.length}` },
        body: object.subarray(0, 1),
      }
    : { ...whole, headers: {} };
  const type = { 'Content-Type': contentType };
  const xml = { 'Content-Type': 'application/xml', ...cors, ...exposed };
  switch (fault) {
    case 'none':
      return { ...part, headers: { ...part.headers, ...type, ...cors, ...exposed } };
    case 'no-cors':
      return { ...part, headers: { ...part.headers, ...type } };
    case 'no-ranges':
      return { ...whole, headers: { ...type, ...cors, ...exposed } };
    case 'ranges-hidden':
      return { ...part, headers: { ...part.headers, ...type, ...cors } };
    case 'no-vary':
      return {
        ...part,
        headers: { ...part.headers, ...type, ...exposed, 'Access-Control-Allow-Origin': origin ?? '*' },
      };
    case 'wrong-type':
      return {
        status: range ? 206 : 200,
        headers: { ...part.headers, ...cors, ...exposed, 'Content-Type': 'text/html' },
        body: '<',
      };
    case 'wrong-region':
      return {
        status: 301,
        headers: { ...xml, 'x-amz-bucket-region': 'eu-west-1' },
        body: '<Error><Code>PermanentRedirect</Code><Message>Use the endpoint of the bucket.</Message><Region>eu-west-1</Region></Error>',
      };
    case 'address-refused':
      return {
        status: 403,
        headers: { ...cors, 'Content-Type': 'application/json' },
        body: '{"error":"ip_not_allowed","ip":"203.0.113.9"}',
      };
    case 'storage-error':
      return { status: 503, headers: xml, body: '<Error><Code>SlowDown</Code></Error>' };
  }
}
