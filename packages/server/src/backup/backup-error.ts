export type BackupErrorCode =
  | 'backup_exists'
  | 'backup_unreadable'
  | 'backup_damaged'
  | 'target_not_empty'
  | 'engine_differs'
  | 'key_differs'
  | 'source_missing'
  | 'source_outdated'
  | 'copy_differs'
  | 'program_missing'
  | 'program_failed';

/** Why a backup was not made or not restored, or a database not moved. Holds no secret and no URL of a database. */
export class BackupError extends Error {
  override readonly name = 'BackupError';
  readonly code: BackupErrorCode;
  readonly hint: string;

  constructor(code: BackupErrorCode, message: string, hint: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.hint = hint;
  }
}
