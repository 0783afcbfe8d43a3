import { type Dispatcher, Pool } from 'undici';
import { answerError, connectionError } from './answer-error.js';
import type { AnswerSink, ObjectRequest, OriginCall } from './origin.js';

export interface HttpLimits {
  /** At once; further requests wait. */
  connections: number;
  connectTimeoutMs: number;
  /** Until the head of an answer, and between two pieces of its body. */
  timeoutMs: number;
}

/** The request as it goes out. The path is percent-encoded and may have a query. */
export interface SignedRequest {
  path: string;
  headers: Readonly<Record<string, string>>;
}

const MAX_ERROR_BYTES = 8 * 1024;

/** Connections to one host that the operator named. Redirects are never followed. */
export function createPool(origin: string, limits: HttpLimits): Pool {
  return new Pool(origin, {
    connections: limits.connections,
    pipelining: 1,
    connect: { timeout: limits.connectTimeoutMs },
    headersTimeout: limits.timeoutMs,
    bodyTimeout: limits.timeoutMs,
  });
}

/**
 * Sends one signed request and hands the answer on as it comes. A connection that is cut before an answer is tried once
 * more: the origin may have closed one that was kept open.
 */
export function sendRequest(
  pool: Pool,
  request: ObjectRequest,
  sign: () => SignedRequest,
  sink: AnswerSink,
): OriginCall {
  const call = new HttpCall(sink, () => {
    const { path, headers } = sign();
    pool.dispatch(
      { method: request.method, path, headers: { ...headers, ...requestHeaders(request) } },
      call,
    );
  });
  call.start();
  return call;
}

/** Range and conditions are not part of a signature; nothing of the client's other headers goes out. */
function requestHeaders({ range, ifMatch, ifNoneMatch }: ObjectRequest): Record<string, string> {
  const end = range === null || range.end === Number.POSITIVE_INFINITY ? '' : range.end - 1;
  return {
    ...(range !== null && { range: `bytes=${range.start}-${end}` }),
    ...(ifMatch !== null && { 'if-match': ifMatch }),
    ...(ifNoneMatch !== null && { 'if-none-match': ifNoneMatch }),
  };
}

class HttpCall implements OriginCall, Dispatcher.DispatchHandler {
  readonly #sink: AnswerSink;
  readonly #dispatch: () => void;
  #controller: Dispatcher.DispatchController | null = null;
  #isAborted = false;
  #hasHead = false;
  #attempts = 0;
  #refused: { status: number; headers: Record<string, string>; body: Buffer[]; length: number } | null = null;

  constructor(sink: AnswerSink, dispatch: () => void) {
    this.#sink = sink;
    this.#dispatch = dispatch;
  }

  start(): void {
    this.#attempts += 1;
    this.#dispatch();
  }

  resume(): void {
    if (this.#controller?.paused) this.#controller.resume();
  }

  abort(): void {
    this.#isAborted = true;
    this.#controller?.abort(new Error('aborted'));
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#isAborted) controller.abort(new Error('aborted'));
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    given: Record<string, string | string[] | undefined>,
  ): void {
    if (this.#isAborted || status < 200) return;
    this.#hasHead = true;
    const headers = flat(given);
    if (status === 200 || status === 206 || status === 304) this.#sink.onHead({ status, headers });
    else this.#refused = { status, headers, body: [], length: 0 };
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#isAborted) return;
    if (this.#refused !== null) {
      this.#refused.body.push(chunk);
      this.#refused.length += chunk.length;
      if (this.#refused.length > MAX_ERROR_BYTES) {
        this.#finish();
        this.abort();
      }
    } else if (!this.#sink.onData(chunk)) controller.pause();
  }

  onResponseEnd(): void {
    if (!this.#isAborted) this.#finish();
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    if (this.#isAborted) return;
    if (!this.#hasHead && this.#attempts === 1 && isCut(error)) this.start();
    else if (this.#refused !== null) this.#finish();
    else this.#sink.onError(connectionError(error));
  }

  #finish(): void {
    const refused = this.#refused;
    if (refused === null) this.#sink.onEnd();
    else {
      const { status, headers, body } = refused;
      this.#sink.onError(answerError(status, headers, Buffer.concat(body).toString()));
    }
  }
}

const isCut = (error: Error): boolean =>
  'code' in error && (error.code === 'UND_ERR_SOCKET' || error.code === 'ECONNRESET');

const lists = ['cache-control', 'age'];

/** A header that comes twice has the value of the first, but for those that are lists. */
function flat(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  const single: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    const one = Array.isArray(value) ? (lists.includes(name) ? value.join(', ') : value[0]) : value;
    if (one !== undefined) single[name] = one;
  }
  return single;
}
