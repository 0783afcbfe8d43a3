import { latin1 } from '../ascii.js';
import type { ByteSource } from '../byte-source.js';

/** Where the entries of objects `first` to `first + count - 1` stand, 20 bytes each. */
interface Subsection {
  readonly first: number;
  readonly count: number;
  readonly at: number;
}

/** One section of a classic cross-reference table (ISO 32000-2, 7.5.4). */
export interface TableSection {
  readonly subsections: readonly Subsection[];
  /** The text of the trailer's dictionary. */
  readonly trailer: string;
}

const ENTRY_BYTES = 20;
const TRAILER_BYTES = 4096;
/** More than any file has; each costs a read. */
const MAX_SUBSECTIONS = 200;
const MAX_SECTIONS = 50;

/** The sections of the file's table, the newest first. Null: it has none, or one that is not as it should be. */
export async function readTable(source: ByteSource, size: number): Promise<readonly TableSection[] | null> {
  const tail = await readText(source, Math.max(0, size - 2048), 2048);
  const end = /startxref\s+(\d+)\s+%%EOF\s*$/.exec(tail);
  const sections: TableSection[] = [];
  for (let next = end?.[1]; next !== undefined; next = numberAfter(sections.at(-1)?.trailer ?? '', 'Prev')) {
    const section = sections.length < MAX_SECTIONS ? await readSection(source, Number(next)) : null;
    if (!section) return null;
    sections.push(section);
  }
  return sections.length > 0 ? sections : null;
}

async function readSection(source: ByteSource, start: number): Promise<TableSection | null> {
  const opening = /^\s*xref\s+/.exec(await readText(source, start, 64));
  if (!opening) return null;
  const subsections: Subsection[] = [];
  let at = start + opening[0].length;
  while (subsections.length < MAX_SUBSECTIONS) {
    const text = await readText(source, at, TRAILER_BYTES);
    if (text.startsWith('trailer')) return { subsections, trailer: dictionaryOf(text) };
    const heading = /^(\d+) (\d+)\s*?(?:\r\n|\n|\r)/.exec(text);
    if (!heading) return null;
    const count = Number(heading[2]);
    at += heading[0].length;
    subsections.push({ first: Number(heading[1]), count, at });
    at += count * ENTRY_BYTES;
  }
  return null;
}

const dictionaryOf = (text: string): string => text.split('startxref', 1)[0] ?? '';

/** Where the object begins, by the newest section that has it. Null: nowhere. */
export async function findObject(
  source: ByteSource,
  sections: readonly TableSection[],
  number: number,
): Promise<number | null> {
  for (const { subsections } of sections) {
    const found = subsections.find(({ first, count }) => number >= first && number < first + count);
    if (!found) continue;
    const entry = await readText(source, found.at + (number - found.first) * ENTRY_BYTES, ENTRY_BYTES);
    const place = /^(\d{10}) \d{5} n/.exec(entry);
    return place ? Number(place[1]) : null;
  }
  return null;
}

/** The number behind a key of a dictionary: of an object that is referred to, or the value itself. */
export function numberAfter(dictionary: string, key: string): string | undefined {
  return new RegExp(`/${key}\\s+(\\d+)`).exec(dictionary)?.[1];
}

export async function readText(source: ByteSource, start: number, length: number): Promise<string> {
  return latin1(await source.read(start, length));
}
