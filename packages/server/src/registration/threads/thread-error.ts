import { type ErrorCode, errorCatalogue, LatchkeyError } from '@latchkey/contract/errors';

/** An error on its way between threads: structured clones keep neither class nor own fields of an error. */
export interface ThreadError {
  /** Null: not one of the catalogue. */
  readonly code: ErrorCode | null;
  readonly message: string;
  readonly stack: string | undefined;
  readonly details: Readonly<Record<string, unknown>> | undefined;
}

export function toThreadError(error: unknown): ThreadError {
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  const known = error instanceof LatchkeyError && error.code in errorCatalogue ? error : null;
  return { code: known?.code ?? null, message, stack, details: known?.details };
}

export function fromThreadError({ code, message, stack, details }: ThreadError): Error {
  const cause = Object.assign(new Error(message), stack === undefined ? {} : { stack });
  if (code === null) return cause;
  return new LatchkeyError(code, message, { cause, ...(details ? { details } : {}) });
}
