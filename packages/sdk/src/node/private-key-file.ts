import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { CredentialsError } from '../credentials-error.js';

export const expandHome = (path: string) => (path.startsWith('~/') ? join(homedir(), path.slice(2)) : path);

/** @throws CredentialsError `key_file_unreadable`. */
export function readPrivateKeyFile(path: string): string {
  try {
    return readFileSync(expandHome(path), 'utf8');
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? 'unknown reason';
    throw new CredentialsError(
      'key_file_unreadable',
      `The private key file ${path} cannot be read (${reason}).`,
      'Check the path and that the file is yours to read.',
      error,
    );
  }
}
