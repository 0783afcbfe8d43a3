import type { SignerObjectErrorCode, SignerRequestErrorCode } from '@latchkey/contract/signer-protocol';

/** The settings are not usable. The message names the field and what it may be. */
export class SignerConfigError extends Error {
  override readonly name = 'SignerConfigError';
}

/** Refuses a request as a whole. The message goes to the caller: it holds no secret. */
export class RequestRefusal extends Error {
  override readonly name = 'RequestRefusal';
  readonly status: number;
  readonly code: SignerRequestErrorCode;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    code: SignerRequestErrorCode,
    message: string,
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}

/** Refuses one object. The message goes to the caller: it holds no secret. */
export class ObjectRefusal extends Error {
  override readonly name = 'ObjectRefusal';
  readonly code: SignerObjectErrorCode;

  constructor(code: SignerObjectErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
