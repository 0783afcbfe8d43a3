import type { QueryParameter } from '../http/target.js';

export interface ObjectRequest {
  method: 'GET' | 'HEAD';
  /** Decoded, without the prefix of the origin. */
  key: string;
  query: readonly QueryParameter[];
  /** `end` is the byte behind the last. Null: the whole object. */
  range: { start: number; end: number } | null;
  ifMatch: string | null;
  ifNoneMatch: string | null;
}

export interface AnswerHead {
  /** 200, 206 or 304: all else comes as an error. */
  status: number;
  /** By lower-case name. */
  headers: Readonly<Record<string, string>>;
}

/** Takes one answer. `onEnd` or `onError` is the last call. */
export interface AnswerSink {
  onHead(head: AnswerHead): void;
  /** False: no more before `resume`. */
  onData(chunk: Uint8Array): boolean;
  onEnd(): void;
  onError(error: OriginError): void;
}

export interface OriginCall {
  resume(): void;
  /** Nothing is called any more. */
  abort(): void;
}

/** Where the objects of a site are. */
export interface Origin {
  /** The same for two origins that hold the same objects under the same keys. */
  readonly identity: string;
  fetch(request: ObjectRequest, sink: AnswerSink): OriginCall;
  /** Running calls go on to their end. */
  close(): Promise<void>;
}

export type OriginErrorKind =
  | 'missing'
  | 'denied'
  | 'key_refused'
  | 'changed'
  | 'unsatisfiable'
  | 'overloaded'
  | 'timed_out'
  | 'failed';

/** What an origin answered instead of the object. Never holds a URL, a key or a signature. */
export class OriginError extends Error {
  override readonly name = 'OriginError';
  readonly kind: OriginErrorKind;
  /** Null: there was no answer. */
  readonly status: number | null;
  /** Where the bucket is, if the answer told. */
  readonly region: string | null;

  constructor(
    kind: OriginErrorKind,
    message: string,
    options: { status?: number; region?: string | null; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.kind = kind;
    this.status = options.status ?? null;
    this.region = options.region ?? null;
  }

  /** The same request may get another answer in a moment. */
  get isPassing(): boolean {
    return this.kind === 'failed' || this.kind === 'timed_out' || this.kind === 'overloaded';
  }
}
