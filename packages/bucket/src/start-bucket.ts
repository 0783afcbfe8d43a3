import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { putObject, removeObject } from './change-object.js';
import { type AllowedOrigins, corsHeaders, preflightHeaders } from './cors.js';
import { Exchange } from './exchange.js';
import { listObjects } from './list-objects.js';
import { ObjectStore, type StoredObject } from './object-store.js';
import { checkRegion } from './query-authorization.js';
import { appendLogEntry, type BucketLogEntry, openLogEntry } from './request-log.js';
import { parseTarget, type RequestTarget, splitPath } from './request-target.js';
import { S3Error } from './s3-error.js';
import { serveObject } from './serve-object.js';
import { verifySignature } from './verify-signature.js';

export interface BucketOptions {
  host?: string;
  /** 0, the default, takes a free one. */
  port?: number;
  bucket?: string;
  /** Where the objects' bytes lie. The caller makes it unique and removes it. */
  directory: string;
  accessKeyId: string;
  secretAccessKey: string;
  allowedOrigins: AllowedOrigins;
  /** Takes pre-signed PUT and DELETE of objects as well; false unless given. */
  writable?: boolean;
  /** Lists its objects to whoever holds a URL that is pre-signed for that; false unless given. */
  listable?: boolean;
  /** What it answers to signatures of another region as S3 does; unless given it takes any. */
  region?: string;
  /** Of all objects together: a PUT beyond it is refused with 507. No limit unless given. */
  maxBytes?: number;
  /** Objects that are replaced or removed can still be had by `versionId`; false unless given. */
  versioned?: boolean;
  /** How fast an object is sent, by its key, as a storage far away does. As fast as it goes unless given. */
  bytesPerSecond?: (key: string) => number;
  /** Called when an answer has ended. */
  onRequest?: (entry: BucketLogEntry) => void;
  /** The clock, in epoch milliseconds. */
  now?: () => number;
}

export interface Bucket {
  /** As `http://127.0.0.1:9000`: the endpoint to sign for, with the bucket in the path. */
  readonly origin: string;
  readonly port: number;
  readonly bucket: string;
  /** The last 10,000 requests, oldest first; each is there before the first byte of its answer is sent. */
  readonly log: readonly BucketLogEntry[];
  /**
   * Creates or replaces an object.
   * @param source the bytes, or the path of a file to copy
   * @returns the id of the version, `null` in a bucket without versions
   */
  putObject(key: string, source: Uint8Array | string, contentType: string): Promise<{ versionId: string }>;
  /** Breaks off what is being sent, as a network does; the bucket goes on. */
  cutConnections(): void;
  /** Cuts open connections too. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

type Gate = Required<
  Omit<BucketOptions, 'host' | 'port' | 'directory' | 'maxBytes' | 'versioned' | 'region'>
> & {
  region: string | null;
  store: ObjectStore;
  log: BucketLogEntry[];
};

/** Above the longest URL that is read, so that a longer one gets an answer in XML. */
const MAX_HEADER_BYTES = 64 * 1024;

/**
 * A bucket with path-style URLs that answers GET and HEAD of objects, and PUT and DELETE where it is writable, to
 * whoever holds a valid pre-signed URL or signs the request itself, lists them where it is listable, and nothing else to anyone.
 * @throws {S3Error} `InvalidBucketName`, `InvalidArgument`; or the error of `listen`
 */
export async function startBucket(options: BucketOptions): Promise<Bucket> {
  const { host = '127.0.0.1', port = 0, directory, versioned = false, ...others } = options;
  const { maxBytes = Number.POSITIVE_INFINITY, ...rest } = others;
  const now = options.now ?? Date.now;
  const store = new ObjectStore({ directory, now, maxBytes, versioned });
  const gate: Gate = {
    bucket: 'demo',
    writable: false,
    listable: false,
    region: null,
    bytesPerSecond: () => Number.POSITIVE_INFINITY,
    onRequest: () => undefined,
    ...rest,
    now,
    store,
    log: [],
  };
  checkOptions(gate);

  const server = createServer(
    { maxHeaderSize: MAX_HEADER_BYTES, keepAliveTimeout: 65_000 },
    (request, response) => {
      void handle(gate, request, response);
    },
  );
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, host, resolve);
  });
  const address = server.address() as AddressInfo;
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return {
    origin: `http://${host.includes(':') ? `[${host}]` : host}:${address.port}`,
    port: address.port,
    bucket: gate.bucket,
    log: gate.log,
    putObject: async (key, source, contentType) => {
      const { versionId } = await store.put(key, source, contentType);
      return { versionId };
    },
    cutConnections: () => server.closeAllConnections(),
    close,
    [Symbol.asyncDispose]: close,
  };
}

async function handle(gate: Gate, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const entry = openLogEntry(request, gate.now());
  const exchange = new Exchange(request, response, entry, corsHeaders(request, gate.allowedOrigins), () =>
    appendLogEntry(gate.log, entry),
  );
  try {
    await answer(gate, exchange);
  } catch (error) {
    if (exchange.hasStarted) response.destroy();
    else exchange.sendError(error instanceof S3Error ? error : internalError());
  }
  gate.onRequest(entry);
}

async function answer(gate: Gate, exchange: Exchange): Promise<void> {
  const { request } = exchange;
  const method = request.method ?? '';
  if (method === 'OPTIONS') {
    return exchange.sendEmpty(200, {
      ...preflightHeaders(request, gate.allowedOrigins),
      'Content-Length': 0,
    });
  }
  const methods = gate.writable ? ['GET', 'HEAD', 'PUT', 'DELETE'] : ['GET', 'HEAD'];
  if (!methods.includes(method)) {
    const error = new S3Error(
      405,
      'MethodNotAllowed',
      `This bucket answers ${methods.join(', ')} only, not ${method}.`,
    );
    return exchange.sendError(error, { Allow: [...methods, 'OPTIONS'].join(', '), Connection: 'close' });
  }
  const target = parseTarget(request.url ?? '');
  if (gate.region !== null) checkRegion(target.query, gate.region);
  verifySignature({ method, target, headers: request.headersDistinct }, gate, gate.now());

  const { bucket, key } = splitPath(target.path);
  if (key === '' && !gate.listable) {
    throw new S3Error(403, 'AccessDenied', 'Access Denied: this bucket cannot be listed.');
  }
  if (bucket !== gate.bucket) throw new S3Error(404, 'NoSuchBucket', 'The specified bucket does not exist');
  if (key === '') return listObjects(exchange, gate.store, { bucket, query: target.query });
  if (method === 'PUT') return putObject(exchange, gate.store, key);
  if (method === 'DELETE') return removeObject(exchange, gate.store, key);
  const object = mustFind(gate.store, key, target.query);
  await serveObject(exchange, object, target.query, gate.bytesPerSecond(key));
}

function mustFind(store: ObjectStore, key: string, query: RequestTarget['query']): StoredObject {
  const versionId = query.find(([name]) => name === 'versionId')?.[1];
  const object = versionId === undefined ? store.get(key) : store.getVersion(key, versionId);
  if (object !== undefined) return object;
  if (versionId === undefined || (versionId === 'null' && store.get(key) === undefined))
    throw new S3Error(404, 'NoSuchKey', 'The specified key does not exist.', { Key: key });
  const message = 'The specified version does not exist.';
  throw new S3Error(404, 'NoSuchVersion', message, { Key: key, VersionId: versionId });
}

function checkOptions({ bucket, accessKeyId, secretAccessKey }: Gate): void {
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket)) {
    throw new S3Error(
      400,
      'InvalidBucketName',
      `Bucket "${bucket}": use 3 to 63 of a-z, 0-9, "." and "-", with a letter or digit at both ends.`,
    );
  }
  if (accessKeyId === '' || secretAccessKey === '') {
    throw new S3Error(
      400,
      'InvalidArgument',
      'The access key id or the secret access key is empty: give both.',
    );
  }
}

function internalError(): S3Error {
  return new S3Error(500, 'InternalError', 'We encountered an internal error. Please try again.');
}
