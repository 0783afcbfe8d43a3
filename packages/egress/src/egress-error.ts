/** Why a request was not made, or gave nothing. The message never holds the query of a URL. */
export type EgressErrorCode =
  | 'refused_scheme'
  | 'refused_address'
  | 'refused_port'
  | 'too_many_redirects'
  | 'unreachable'
  | 'timed_out'
  | 'too_many_bytes';

export class EgressError extends Error {
  override readonly name = 'EgressError';
  readonly code: EgressErrorCode;

  constructor(code: EgressErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
