import { type OutgoingHttpHeaders, validateHeaderValue } from 'node:http';
import { checkConditions, selectRange } from './byte-range.js';
import type { Exchange } from './exchange.js';
import type { StoredObject } from './object-store.js';
import type { RequestTarget } from './request-target.js';
import { S3Error } from './s3-error.js';

/** Query parameters with which a signer sets headers of the answer. */
const OVERRIDES: Readonly<Record<string, string>> = {
  'response-cache-control': 'Cache-Control',
  'response-content-disposition': 'Content-Disposition',
  'response-content-encoding': 'Content-Encoding',
  'response-content-language': 'Content-Language',
  'response-content-type': 'Content-Type',
  'response-expires': 'Expires',
};

/** Answers a GET or HEAD that may be answered. */
export async function serveObject(
  exchange: Exchange,
  object: StoredObject,
  query: RequestTarget['query'],
  bytesPerSecond: number,
): Promise<void> {
  const { headers, method } = exchange.request;
  const validators = {
    ETag: object.etag,
    'Last-Modified': object.lastModified,
    ...(object.versionId !== 'null' && { 'x-amz-version-id': object.versionId }),
  };
  const condition = checkConditions(headers, object);
  if (condition === 304) return exchange.sendEmpty(304, validators);
  if (condition === 412) {
    throw new S3Error(
      412,
      'PreconditionFailed',
      'At least one of the pre-conditions you specified did not hold',
    );
  }
  const range = selectRange(headers, object);
  if (range === 'unsatisfiable') return refuseRange(exchange, object.size);

  const { start, end } = range ?? { start: 0, end: object.size - 1 };
  const answerHeaders = {
    ...validators,
    'Accept-Ranges': 'bytes',
    'Content-Type': object.contentType,
    'Content-Length': end - start + 1,
    ...(range !== null && { 'Content-Range': `bytes ${start}-${end}/${object.size}` }),
    ...overrides(query),
  };
  const status = range === null ? 200 : 206;
  if (method === 'HEAD' || object.size === 0) return exchange.sendEmpty(status, answerHeaders);
  await exchange.sendFile(object, status, answerHeaders, { start, end }, bytesPerSecond);
}

function refuseRange(exchange: Exchange, size: number): void {
  const error = new S3Error(416, 'InvalidRange', 'The requested range is not satisfiable', {
    RangeRequested: exchange.request.headers.range ?? '',
    ActualObjectSize: String(size),
  });
  exchange.sendError(error, { 'Content-Range': `bytes */${size}` });
}

function overrides(query: RequestTarget['query']): OutgoingHttpHeaders {
  const headers: OutgoingHttpHeaders = {};
  for (const [name, value] of query) {
    const header = OVERRIDES[name];
    if (header === undefined) continue;
    try {
      validateHeaderValue(header, value);
    } catch {
      throw new S3Error(400, 'InvalidArgument', `${name} has characters that no header may have.`);
    }
    headers[header] = value;
  }
  return headers;
}
