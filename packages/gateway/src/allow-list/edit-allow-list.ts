import { type FileHandle, open, realpath, rename, rm, stat } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { type Document, isScalar, isSeq, parseDocument, type YAMLSeq } from 'yaml';
import { ConfigError, readConfigText } from '../config/load-config.js';
import { type AddressRange, canonicalRange, parseAddressRange } from './address-range.js';

export interface AllowEntry {
  /** As it stands in the file. */
  text: string;
  comment: string | null;
}

export interface AllowEdit {
  isChanged: boolean;
  /** Entries that still allow addresses of the range. */
  covering: readonly string[];
}

/** @throws {ConfigError} for a file that is no YAML or JSON, or whose list is none */
export async function listAllowed(file: string): Promise<AllowEntry[]> {
  const document = parse(file, await readConfigText(file));
  return entriesOf(file, document);
}

/**
 * Adds a range, unless one that holds it is there. The rest of the file stays, comments too.
 * @throws {AddressRangeError}, {ConfigError}
 */
export function allowRange(file: string, text: string, comment: string | null): Promise<AllowEdit> {
  return edit(file, (document) => {
    const range = parseAddressRange(text, document.get('allowWideRanges') === true);
    const covering = entriesOf(file, document).filter((entry) => holds(entry, range));
    if (covering.length > 0) return { isChanged: false, covering: covering.map((entry) => entry.text) };
    const item = document.createNode(canonicalRange(range));
    if (comment !== null && isScalar(item)) item.comment = ` ${comment.replace(/\s+/g, ' ')}`;
    const list = listOf(document);
    if (list === null) document.set('allow', document.createNode([item]));
    else list.add(item);
    return { isChanged: true, covering: [] };
  });
}

/** Removes a range as it stands in the list. @throws {AddressRangeError}, {ConfigError} */
export function denyRange(file: string, text: string): Promise<AllowEdit> {
  return edit(file, (document) => {
    const range = parseAddressRange(text, true);
    const name = canonicalRange(range);
    const entries = entriesOf(file, document);
    const isSame = entries.map((entry) => canonicalRange(parseAddressRange(entry.text, true)) === name);
    const list = listOf(document);
    if (list !== null) list.items = list.items.filter((_, index) => isSame[index] === false);
    const rest = entries.filter((entry, index) => isSame[index] === false && overlaps(entry, range));
    return { isChanged: isSame.includes(true), covering: rest.map((entry) => entry.text) };
  });
}

function holds({ text }: AllowEntry, { first, last }: AddressRange): boolean {
  const entry = parseAddressRange(text, true);
  return typeof entry.first === typeof first && entry.first <= first && entry.last >= last;
}

function overlaps({ text }: AllowEntry, { first, last }: AddressRange): boolean {
  const entry = parseAddressRange(text, true);
  return typeof entry.first === typeof first && entry.first <= last && entry.last >= first;
}

function parse(file: string, text: string): Document {
  const document = parseDocument(text);
  const [error] = document.errors;
  if (error !== undefined) throw new ConfigError(`${file}: ${error.message.split('\n')[0]}`);
  return document;
}

function listOf(document: Document): YAMLSeq | null {
  const list: unknown = document.get('allow', true);
  return isSeq(list) ? list : null;
}

function entriesOf(file: string, document: Document): AllowEntry[] {
  const list: unknown = document.get('allow', true);
  const isAbsent = list === undefined || list === null || (isScalar(list) && list.value === null);
  if (!isSeq(list)) {
    if (isAbsent) return [];
    throw new ConfigError(`${file}: allow: give a list.`);
  }
  return list.items.map((item) => ({
    text: String(isScalar(item) ? item.value : item),
    comment: (isScalar(item) && item.comment?.trim()) || null,
  }));
}

/** The lock file becomes the file itself, so that readers see the old or the new one and two editors never both. */
async function edit(file: string, change: (document: Document) => AllowEdit): Promise<AllowEdit> {
  const path = await realpath(file).catch(() => file);
  const lockPath = `${path}.lock`;
  const lock = await takeLock(lockPath);
  let isReplaced = false;
  try {
    const document = parse(file, await readConfigText(path));
    const result = change(document);
    if (result.isChanged) {
      await keepOwner(lock, path);
      await lock.chmod((await stat(path)).mode & 0o777);
      await lock.writeFile(print(path, document));
      await lock.sync();
      await rename(lockPath, path);
      isReplaced = true;
    }
    return result;
  } finally {
    await lock.close();
    if (!isReplaced) await rm(lockPath, { force: true });
  }
}

/** The gateway may run as a user who reads the file by its group alone: a file that it cannot read counts for nothing. */
async function keepOwner(lock: FileHandle, path: string): Promise<void> {
  const { uid, gid } = await stat(path);
  const own = await lock.stat();
  if (own.uid === uid && own.gid === gid) return;
  try {
    await lock.chown(uid, gid);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new ConfigError(
      `${path} belongs to user ${uid} and group ${gid}, which the changed file cannot be given to (${code}). Run this as root or as that user.`,
      { cause },
    );
  }
}

function print(path: string, document: Document): string {
  if (path.endsWith('.json')) return `${JSON.stringify(document.toJS(), null, 2)}\n`;
  return document.toString({ lineWidth: 0 });
}

const lockAttempts = 20;

async function takeLock(path: string): Promise<FileHandle> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await open(path, 'wx', 0o600);
    } catch (cause) {
      const { code } = cause as NodeJS.ErrnoException;
      if (code !== 'EEXIST') throw new ConfigError(`${path} cannot be written (${code}).`, { cause });
      if (attempt === lockAttempts) {
        throw new ConfigError(`${path} exists: another process edits the list. Remove it if none does.`, {
          cause,
        });
      }
    }
    await delay(100);
  }
}
