import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Address, formatAddress } from '../allow-list/address.js';
import type { CacheOutcome } from '../cache/object-cache.js';
import type { Refusal } from '../http/refusal.js';

/** One request and its answer, and what the log says of them. */
export class Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** Null: it could not be told. */
  readonly address: Address | null;
  /** Of the site; empty until it is known. */
  host = '';
  outcome: CacheOutcome | 'none' = 'none';
  /** Of the body, handed to the connection. */
  bytes = 0;
  /** Code of the refusal, or what broke an answer off. */
  fault: string | null = null;
  /** For every answer of the site. */
  commonHeaders: readonly string[] = [];
  readonly #startedAt = performance.now();

  constructor(request: IncomingMessage, response: ServerResponse, address: Address | null) {
    this.request = request;
    this.response = response;
    this.address = address;
  }

  get seconds(): number {
    return (performance.now() - this.#startedAt) / 1000;
  }

  get addressText(): string {
    return this.address === null ? 'unknown' : formatAddress(this.address);
  }

  sendEmpty(status: number, headers: readonly string[]): void {
    this.response.writeHead(status, [...headers, ...this.commonHeaders]).end();
  }

  refuse(refusal: Refusal): void {
    this.fault = refusal.code;
    const { code, message, details } = refusal;
    const body = Buffer.from(`${JSON.stringify({ code, message, ...details })}\n`);
    const headers = [
      'Content-Type',
      'application/json',
      'Content-Length',
      String(body.length),
      'Cache-Control',
      'no-store',
      'X-Content-Type-Options',
      'nosniff',
      ...refusal.headers,
      ...this.commonHeaders,
    ];
    this.bytes = this.request.method === 'HEAD' ? 0 : body.length;
    this.response.writeHead(refusal.status, headers).end(body);
  }
}
