import { randomBytes } from 'node:crypto';
import { open } from 'node:fs/promises';
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { ByteRange } from './byte-range.js';
import type { StoredObject } from './object-store.js';
import { paced } from './paced.js';
import type { OpenLogEntry } from './request-log.js';
import { errorXml, type S3Error } from './s3-error.js';

/** One request and its answer, and the log entry that says how it went. */
export class Exchange {
  readonly request: IncomingMessage;
  readonly entry: OpenLogEntry;
  readonly #response: ServerResponse;
  readonly #commonHeaders: OutgoingHttpHeaders;
  readonly #onAnswer: () => void;
  readonly #requestId = randomBytes(8).toString('hex').toUpperCase();

  /**
   * @param commonHeaders go with every answer
   * @param onAnswer called when the status is known and before anything is sent
   */
  constructor(
    request: IncomingMessage,
    response: ServerResponse,
    entry: OpenLogEntry,
    commonHeaders: OutgoingHttpHeaders,
    onAnswer: () => void,
  ) {
    this.request = request;
    this.entry = entry;
    this.#response = response;
    this.#commonHeaders = commonHeaders;
    this.#onAnswer = onAnswer;
  }

  sendEmpty(status: number, headers: OutgoingHttpHeaders): void {
    this.#start(status, headers);
    this.#response.end();
  }

  sendError(error: S3Error, headers: OutgoingHttpHeaders = {}): void {
    this.sendXml(error.status, errorXml(error, this.entry.path, this.#requestId), headers);
  }

  sendXml(status: number, xml: string, headers: OutgoingHttpHeaders = {}): void {
    const body = Buffer.from(xml);
    this.#start(status, {
      'Content-Type': 'application/xml',
      'Content-Length': body.length,
      ...headers,
    });
    this.entry.bytesSent = this.request.method === 'HEAD' ? 0 : body.length;
    this.#response.end(body);
  }

  async sendFile(
    { path }: StoredObject,
    status: 200 | 206,
    headers: OutgoingHttpHeaders,
    range: ByteRange,
    bytesPerSecond: number,
  ): Promise<void> {
    const file = await open(path);
    const body = file.createReadStream(range);
    this.#start(status, headers);
    try {
      if (bytesPerSecond === Number.POSITIVE_INFINITY) await pipeline(body, this.#response);
      else await pipeline(body, (chunks) => paced(chunks, bytesPerSecond), this.#response);
    } catch {
      this.entry.aborted = true;
    }
    this.entry.bytesSent = body.bytesRead;
  }

  /** For a failure that can no longer be told: the head is out. */
  get hasStarted(): boolean {
    return this.#response.headersSent;
  }

  #start(status: number, headers: OutgoingHttpHeaders): void {
    this.entry.status = status;
    this.#onAnswer();
    this.#response.writeHead(status, {
      'x-amz-request-id': this.#requestId,
      ...this.#commonHeaders,
      ...headers,
    });
  }
}
