/** Why an object could not be measured. */
export type ProbeErrorCode =
  // The object was read, and is something else than the manifest says.
  | 'wrong_type'
  // The format is known, and not one that is measured.
  | 'unsupported'
  // Damaged, or not what its first bytes promise.
  | 'corrupt'
  | 'truncated'
  | 'empty'
  | 'encrypted'
  // The caps of a measurement.
  | 'too_many_bytes'
  | 'timed_out'
  // What the storage answered.
  | 'forbidden'
  | 'not_found'
  | 'no_ranges'
  | 'storage_error'
  | 'unreachable'
  | 'refused_address';

/** The message names what was found and what was expected; it never holds a URL. */
export class ProbeError extends Error {
  override readonly name = 'ProbeError';
  readonly code: ProbeErrorCode;

  constructor(code: ProbeErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
