import { createReadStream, existsSync } from 'node:fs';
import { type FileHandle, open, rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import type { UnitKind } from '@latchkey/contract/kinds';
import { CommandError } from '../command-error.js';
import { fileWriteError } from '../file-write-error.js';
import type { ScanCounts } from './scan-counts.js';

/** A file that the manifest will list. */
export interface ListedFile {
  readonly kind: UnitKind;
  readonly key: string;
}

/** How far the list has come. */
interface PageMark {
  /** Of the store; null: the list is complete. */
  readonly after: string | null;
  readonly counts: ScanCounts;
}

const VERSION = 1;

/**
 * What was listed, in a file that outlives the process, so that a scan that was interrupted goes on, and so that the
 * list of a large bucket needs no memory. A page counts once its mark is written to its end. No URL stands there.
 */
export class ScanJournal {
  readonly #path: string;
  readonly #file: FileHandle;
  #mark: PageMark | null;

  private constructor(path: string, file: FileHandle, mark: PageMark | null) {
    this.#path = path;
    this.#file = file;
    this.#mark = mark;
  }

  /**
   * @param question what is scanned and how; a journal of another one is refused
   * @throws CommandError `scan_differs`, `file_unwritable`
   */
  static async open(path: string, question: unknown): Promise<ScanJournal> {
    const header = JSON.stringify({ scan: VERSION, question });
    const isThere = existsSync(path);
    const found = isThere ? await readMarks(path) : null;
    if (found?.header !== undefined && found.header !== header) throw differs(path);
    const file = await open(path, isThere ? 'r+' : 'wx+', 0o600).catch((error: NodeJS.ErrnoException) => {
      throw fileWriteError(path, error);
    });
    await file.truncate(found?.end ?? 0);
    const journal = new ScanJournal(path, file, found?.mark ?? null);
    if (found?.header === undefined) await journal.#append(`${header}\n`, 0);
    return journal;
  }

  get mark(): PageMark | null {
    return this.#mark;
  }

  get isComplete(): boolean {
    return this.#mark !== null && this.#mark.after === null;
  }

  async addPage(files: readonly ListedFile[], mark: PageMark): Promise<void> {
    const lines = [...files.map(({ kind, key }) => lineOf([kind, key])), lineOf(mark)];
    await this.#append(`${lines.join('\n')}\n`);
    this.#mark = mark;
  }

  /** The files of a kind, or of all, in the order of the list. */
  async *files(kind?: UnitKind): AsyncGenerator<ListedFile, void, undefined> {
    const start = kind === undefined ? '[' : `["${kind}",`;
    for await (const line of createInterface({ input: createReadStream(this.#path), crlfDelay: 0 })) {
      if (!line.startsWith(start)) continue;
      // Written by `addPage`.
      const [of, key] = JSON.parse(line) as [UnitKind, string];
      yield { kind: of, key };
    }
  }

  async close(): Promise<void> {
    await this.#file.close();
  }

  async remove(): Promise<void> {
    await this.close();
    await rm(this.#path, { force: true });
  }

  async #append(text: string, position?: number): Promise<void> {
    const end = position ?? (await this.#file.stat()).size;
    const bytes = Buffer.from(text);
    await this.#file.write(bytes, 0, bytes.length, end).catch((error: NodeJS.ErrnoException) => {
      throw fileWriteError(this.#path, error);
    });
  }
}

/** Node's reader of lines ends one at these two as well, and JSON leaves them as they are. */
const lineOf = (value: unknown): string =>
  JSON.stringify(value).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');

interface FoundMarks {
  readonly header: string | undefined;
  readonly mark: PageMark | null;
  /** Behind the last mark, or the header. */
  readonly end: number;
}

async function readMarks(path: string): Promise<FoundMarks> {
  let [at, end, rest] = [0, 0, ''];
  let header: string | undefined;
  let mark: PageMark | null = null;
  for await (const chunk of createReadStream(path, 'utf8')) {
    const lines = (rest + (chunk as string)).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      at += Buffer.byteLength(line) + 1;
      if (line.startsWith('[')) continue;
      if (header === undefined) header = line;
      else mark = JSON.parse(line) as PageMark;
      end = at;
    }
  }
  return { header, mark, end };
}

const differs = (path: string): CommandError =>
  new CommandError(
    'scan_differs',
    `${path} is what another scan has listed so far: of another URI, or with other filters or kinds.`,
    'Repeat that scan to go on with it, remove the file, or give another path with --out.',
  );
