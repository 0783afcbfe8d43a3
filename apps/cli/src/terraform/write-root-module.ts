import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CommandError } from '../command-error.js';
import { fileWriteError } from '../file-write-error.js';

/** Files of a root module: path within its directory -> text. */
export type Files = ReadonlyMap<string, string>;

/** What must not be committed beside a root module. */
export const ignoredFiles = ['.terraform/', '*.tfstate', '*.tfstate.*', '*.tfplan', 'crash.log', ''].join(
  '\n',
);

/** The files of a module that the package brings along, but not its tests and examples. */
export function moduleFiles(module: string): Files {
  const packageFile = import.meta.resolve('@latchkey/terraform/package.json');
  const directory = fileURLToPath(new URL(`modules/${module}`, packageFile));
  const names = readdirSync(directory).filter((name) => name.endsWith('.tf') || name === 'README.md');
  return new Map(
    names.map((name) => [`modules/${module}/${name}`, readFileSync(join(directory, name), 'utf8')]),
  );
}

/**
 * Writes all files, or none if one of them is there already and `isForced` is not set.
 *
 * @throws CommandError `file_exists` or `file_unwritable`.
 */
export function writeFiles(directory: string, files: Files, isForced: boolean): void {
  const existing = [...files.keys()].filter((name) => existsSync(join(directory, name)));
  if (existing.length > 0 && !isForced)
    throw new CommandError(
      'file_exists',
      `${directory} holds ${existing.slice(0, 3).join(', ')}${existing.length > 3 ? ' and more' : ''} already.`,
      'Give another directory with --out, or write over these files with --force. The state is not touched.',
    );
  for (const [name, text] of files) {
    const path = join(directory, name);
    try {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
    } catch (error) {
      throw fileWriteError(path, error as NodeJS.ErrnoException);
    }
  }
}
