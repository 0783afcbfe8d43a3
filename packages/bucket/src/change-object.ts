import type { Exchange } from './exchange.js';
import type { ObjectStore } from './object-store.js';
import { S3Error } from './s3-error.js';

/** Answers a PUT that may be answered; the object is there once the whole body has come, or not at all. */
export async function putObject(exchange: Exchange, store: ObjectStore, key: string): Promise<void> {
  const { request } = exchange;
  if (request.headers['content-length'] === undefined) {
    throw new S3Error(411, 'MissingContentLength', 'You must provide the Content-Length HTTP header.');
  }
  const contentType = request.headers['content-type'] ?? 'binary/octet-stream';
  const { etag } = await store.put(key, request, contentType);
  exchange.sendEmpty(200, { ETag: etag, 'Content-Length': 0 });
}

export async function removeObject(exchange: Exchange, store: ObjectStore, key: string): Promise<void> {
  await store.remove(key);
  exchange.sendEmpty(204, {});
}
