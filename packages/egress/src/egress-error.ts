/** Why a request was not made, or gave nothing. The message names the host and never the path or query of a URL. */
export type EgressErrorCode =
  // Not made: what the URL says is refused.
  | 'refused_url'
  | 'refused_scheme'
  | 'refused_address'
  | 'refused_port'
  | 'too_many_redirects'
  // Made, and not answered.
  | 'unreachable'
  | 'timed_out'
  // Answered, with something else than what was asked for.
  | 'too_many_bytes'
  | 'no_ranges'
  | 'invalid_answer';

export class EgressError extends Error {
  override readonly name = 'EgressError';
  readonly code: EgressErrorCode;

  constructor(code: EgressErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

export function refusedAddress(hostname: string): EgressError {
  return new EgressError(
    'refused_address',
    `${hostname} is at a private, local or reserved address, to which the server makes no connection.`,
  );
}
