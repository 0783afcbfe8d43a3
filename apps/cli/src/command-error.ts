import { type ExitCode, exitCodes } from './exit-codes.js';

export type CommandErrorCode =
  | 'demo_failed'
  | 'deployment_unreachable'
  | 'file_exists'
  | 'file_unreadable'
  | 'file_unwritable'
  | 'folder_ambiguous'
  | 'folder_missing'
  | 'integration_missing'
  | 'invalid_option'
  | 'port_taken'
  | 'nothing_found'
  | 'scan_differs'
  | 'start_uncertain'
  | 'stopped_by_fault'
  | 'interrupted';

/** What the command itself refuses, before or besides the server. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  readonly code: CommandErrorCode;
  readonly hint: string;
  readonly exitCode: ExitCode;

  constructor(
    code: CommandErrorCode,
    message: string,
    hint: string,
    options: { exitCode?: ExitCode; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.hint = hint;
    this.exitCode = options.exitCode ?? exitCodes.refused;
  }
}
