export type RefusalCode =
  | 'address_not_allowed'
  | 'body_not_allowed'
  | 'invalid_request'
  | 'method_not_allowed'
  | 'object_not_found'
  | 'origin_failed'
  | 'origin_key_refused'
  | 'origin_overloaded'
  | 'origin_refused'
  | 'origin_timed_out'
  | 'precondition_failed'
  | 'range_not_satisfiable'
  | 'unknown_host';

const statuses: Readonly<Record<RefusalCode, number>> = {
  address_not_allowed: 403,
  body_not_allowed: 400,
  invalid_request: 400,
  method_not_allowed: 405,
  object_not_found: 404,
  origin_failed: 502,
  origin_key_refused: 502,
  origin_overloaded: 503,
  origin_refused: 403,
  origin_timed_out: 504,
  precondition_failed: 412,
  range_not_satisfiable: 416,
  unknown_host: 421,
};

/** What the gateway answers instead of an object. The message never holds a query or anything of the origin's key. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: RefusalCode;
  readonly headers: readonly string[];
  /** Further fields of the body. */
  readonly details: Readonly<Record<string, string>>;

  /** @param headers names and values in turn */
  constructor(
    code: RefusalCode,
    message: string,
    options: {
      headers?: readonly string[];
      details?: Readonly<Record<string, string>>;
      cause?: unknown;
    } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.headers = options.headers ?? [];
    this.details = options.details ?? {};
  }

  get closesConnection(): boolean {
    return this.headers[0] === 'Connection';
  }

  get status(): number {
    return statuses[this.code];
  }
}
