import { CommandError } from './command-error.js';

export const fileExistsError = (path: string, cause?: unknown) =>
  new CommandError('file_exists', `${path} exists already.`, 'Give another path with --out.', { cause });

export function fileWriteError(path: string, cause: NodeJS.ErrnoException): CommandError {
  if (cause.code === 'EEXIST') return fileExistsError(path, cause);
  return new CommandError(
    'file_unwritable',
    `${path} cannot be written (${cause.code}).`,
    'Give another path with --out.',
    { cause },
  );
}
