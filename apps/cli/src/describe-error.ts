import { inspect } from 'node:util';
import { type ExitCode, exitCodes } from './exit-codes.js';

export interface ErrorDescription {
  readonly message: string;
  readonly code: string;
  readonly hint: string | null;
  readonly requestId: string | null;
  readonly exitCode: ExitCode;
}

interface MaybeTyped {
  readonly code?: unknown;
  readonly hint?: unknown;
  readonly requestId?: unknown;
  readonly exitCode?: ExitCode;
  readonly name?: string;
}

const textOrNull = (value: unknown) => (typeof value === 'string' && value !== '' ? value : null);

/** Of any error: one message, a stable code, what to do, and the exit code. */
export function describeError(error: unknown): ErrorDescription {
  const typed = (typeof error === 'object' && error !== null ? error : {}) as MaybeTyped;
  const isUnreachable = typed.name === 'ConnectionError';
  return {
    message: error instanceof Error ? error.message : String(error),
    code: textOrNull(typed.code) ?? 'internal_error',
    hint: textOrNull(typed.hint),
    requestId: textOrNull(typed.requestId),
    exitCode: typed.exitCode ?? (isUnreachable ? exitCodes.unreachable : exitCodes.refused),
  };
}

/** Lines for people. With `isVerbose` also what lies behind the error. */
export function errorLines(error: unknown, isVerbose: boolean): string[] {
  const { message, code, hint, requestId } = describeError(error);
  const lines = [`Error: ${message}`];
  if (hint && !message.includes(hint)) lines.push(hint);
  if (requestId) lines.push(`Request id: ${requestId}`);
  if (isVerbose) lines.push(`Code: ${code}`, inspect(error, { depth: 4 }));
  return lines;
}
