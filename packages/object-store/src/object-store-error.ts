export type ObjectStoreErrorCode =
  | 'bad_uri'
  | 'bad_store_option'
  | 'no_credentials'
  | 'cannot_sign'
  | 'store_denied'
  | 'store_missing'
  | 'store_unreachable'
  | 'store_answer';

/** What a store did not do. Never holds a credential, or the query of a URL. */
export class ObjectStoreError extends Error {
  override readonly name = 'ObjectStoreError';
  readonly code: ObjectStoreErrorCode;
  /** What to do. */
  readonly hint: string;

  constructor(code: ObjectStoreErrorCode, message: string, hint: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.hint = hint;
  }
}
