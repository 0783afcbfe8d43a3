import { BackupError } from './backup-error.js';

/** `what` says what is there. */
export const notEmpty = (what: string) =>
  new BackupError(
    'target_not_empty',
    `${what} already. Nothing is written over.`,
    'Give a new database or data directory, and point the server there.',
  );
