import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { DatabaseError } from '../engine/errors.js';

export interface Migration {
  readonly version: number;
  /** File name without `.sql`, for example `0001-foundation`. */
  readonly name: string;
  /** An older binary must not use a database that has this migration. */
  readonly breaking: boolean;
  readonly text: string;
  /** SHA-256 of the file with LF line ends, in hexadecimal. */
  readonly checksum: string;
}

const FILE_NAME = /^(\d{4})-[a-z0-9]+(?:-[a-z0-9]+)*\.sql$/;
const BREAKING_HEADER = /^--! breaking[ \t]*$/;

/** The migrations of a directory in the order of their numbers. */
export async function readMigrations(directory: string): Promise<Migration[]> {
  const files = (await readdir(directory)).filter((file) => file.endsWith('.sql')).sort();
  const migrations = await Promise.all(files.map((file) => readMigration(directory, file)));
  for (const [index, { version, name }] of migrations.entries()) {
    if (version === migrations[index + 1]?.version) {
      throw refused(`Two migrations have the number of ${name}; give one of them the next free number.`);
    }
  }
  return migrations;
}

async function readMigration(directory: string, file: string): Promise<Migration> {
  const number = FILE_NAME.exec(file)?.[1];
  if (number === undefined) {
    throw refused(`${file} is no name of a migration; it must be like 0001-short-name.sql, in lower case.`);
  }
  // A checkout on Windows may have CRLF; the same migration must have the same checksum everywhere.
  const text = (await readFile(path.join(directory, file), 'utf8')).replaceAll('\r\n', '\n');
  return {
    version: Number(number),
    name: file.slice(0, -'.sql'.length),
    breaking: BREAKING_HEADER.test(text.split('\n', 1)[0] ?? ''),
    text,
    checksum: createHash('sha256').update(text).digest('hex'),
  };
}

export function refused(message: string): DatabaseError {
  return new DatabaseError('migration_refused', message);
}
