import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { BackupError } from './backup-error.js';

/** What the file `backup.json` of a backup says. */
export interface BackupContent {
  readonly format: 1;
  readonly createdAt: string;
  readonly latchkeyVersion: string;
  readonly engine: 'pglite' | 'postgres';
  readonly hasKey: boolean;
  /** False: manifests wait in a bucket, which is backed up by other means. */
  readonly hasSpool: boolean;
  /** By path within the backup. */
  readonly files: Readonly<Record<string, { readonly bytes: number; readonly sha256: string }>>;
}

export const names = {
  content: 'backup.json',
  key: 'secret.key',
  spool: 'spool',
  /** Of the embedded database: its directory. */
  directory: 'database',
  /** Of PostgreSQL: an archive of pg_dump. */
  dump: 'database.dump',
} as const;

/** Every file below the directory but `backup.json`, with its digest. */
export async function digestFiles(directory: string): Promise<BackupContent['files']> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const files: Record<string, { bytes: number; sha256: string }> = {};
  for (const entry of entries.filter((candidate) => candidate.isFile())) {
    const path = join(entry.parentPath, entry.name);
    const name = relative(directory, path);
    if (name !== names.content) files[name] = { bytes: (await stat(path)).size, sha256: await digest(path) };
  }
  return files;
}

async function digest(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

/**
 * Reads what a backup holds, and compares every file with what was written.
 *
 * @throws BackupError `backup_unreadable` or `backup_damaged`, which names the first file that differs.
 */
export async function readBackup(directory: string): Promise<BackupContent> {
  const content = await readContent(directory);
  const found = await digestFiles(directory);
  for (const [name, { bytes, sha256 }] of Object.entries(content.files)) {
    const file = found[name];
    if (!file) throw damaged(directory, `${name} is missing`);
    if (file.bytes !== bytes || file.sha256 !== sha256) throw damaged(directory, `${name} differs`);
  }
  return content;
}

async function readContent(directory: string): Promise<BackupContent> {
  const path = join(directory, names.content);
  try {
    const content = JSON.parse(await readFile(path, 'utf8')) as Partial<BackupContent>;
    if (content.format === 1) return content as BackupContent;
  } catch (cause) {
    throw unreadable(directory, cause);
  }
  throw unreadable(directory);
}

const unreadable = (directory: string, cause?: unknown) =>
  new BackupError(
    'backup_unreadable',
    `${directory} is no backup that this Latchkey reads: ${names.content} is missing or of another form.`,
    'Give the directory that "latchkey backup create" made. One that ends in ".partial" was not finished.',
    { cause },
  );

const damaged = (directory: string, what: string) =>
  new BackupError(
    'backup_damaged',
    `The backup in ${directory} is damaged: ${what}.`,
    'Restore another backup; nothing was changed.',
  );
