import { randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

/** Where the secret keys are, unless LATCHKEY_SECRET_KEY is set: one a line, the newest first. */
export const secretKeyPath = (dataDir: string): string => join(dataDir, 'secret.key');

export const newSecretKey = (): string => randomBytes(32).toString('base64');

/** The lines of the file; none if it is not there. */
export function readKeyLines(path: string): string[] {
  if (!existsSync(path)) return [];
  return readFileSync(path, 'utf8')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** In the place of the file as a whole: no crash leaves it without a key that was in it. */
export function writeKeyLines(path: string, lines: readonly string[]): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const unfinished = `${path}.${process.pid}.new`;
  const file = openSync(unfinished, 'wx', 0o600);
  try {
    writeSync(file, `${lines.join('\n')}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(unfinished, path);
  const directory = openSync(dirname(path), 'r');
  try {
    fsyncSync(directory);
  } finally {
    closeSync(directory);
  }
}
