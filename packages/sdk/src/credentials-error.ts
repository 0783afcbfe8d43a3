export type CredentialsErrorCode =
  | 'credentials_missing'
  | 'key_file_unreadable'
  | 'key_malformed'
  | 'key_encrypted'
  | 'key_not_ed25519';

/** The client cannot be made from the credentials that it was given. Never holds any part of a key. */
export class CredentialsError extends Error {
  override readonly name = 'CredentialsError';
  readonly code: CredentialsErrorCode;
  readonly hint: string;

  constructor(code: CredentialsErrorCode, message: string, hint: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.hint = hint;
  }
}
