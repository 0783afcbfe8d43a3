import type { IncomingMessage } from 'node:http';
import { pathOf } from './request-target.js';

/** One request. Never holds a query, and so never a signature. */
export interface BucketLogEntry {
  /** When the request came, in ISO 8601. */
  readonly time: string;
  readonly method: string;
  /** As sent, percent-encoded, at most 2,048 characters. */
  readonly path: string;
  readonly range: string | null;
  readonly origin: string | null;
  readonly userAgent: string | null;
  readonly remoteAddress: string;
  readonly status: number;
  /** Of the body; final once the answer has ended. */
  readonly bytesSent: number;
  /** The client went away before the end of the answer. */
  readonly aborted: boolean;
}

export type OpenLogEntry = { -readonly [Field in keyof BucketLogEntry]: BucketLogEntry[Field] };

const CAPACITY = 10_000;
const MAX_PATH_LENGTH = 2048;

export function openLogEntry(request: IncomingMessage, now: number): OpenLogEntry {
  return {
    time: new Date(now).toISOString(),
    method: request.method ?? '',
    path: pathWithoutSecrets(request.url ?? ''),
    range: request.headers.range ?? null,
    origin: request.headers.origin ?? null,
    userAgent: request.headers['user-agent'] ?? null,
    remoteAddress: request.socket.remoteAddress ?? '',
    status: 0,
    bytesSent: 0,
    aborted: false,
  };
}

/** Keeps the last 10,000 entries. */
export function appendLogEntry(log: BucketLogEntry[], entry: BucketLogEntry): void {
  log.push(entry);
  if (log.length > CAPACITY) log.shift();
}

/** A URL that was encoded once too often carries its query, and the signature, in its path. */
function pathWithoutSecrets(target: string): string {
  return pathOf(target)
    .replace(/(%3f|&|%26|\?)x-amz-.*$/i, '')
    .slice(0, MAX_PATH_LENGTH);
}
