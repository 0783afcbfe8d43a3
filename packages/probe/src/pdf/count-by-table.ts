import type { ByteSource } from '../byte-source.js';
import { findObject, numberAfter, readTable, readText, type TableSection } from './cross-reference-table.js';

/** A page tree names its pages here, some ten bytes each. */
const OBJECT_BYTES = 64 * 1024;

/**
 * The number of pages as the root of the page tree says it, in three or four reads. pdf.js reads each page instead,
 * which of a scanned book are hundreds of reads. Null where the file is built otherwise (cross-reference streams,
 * encryption, damage), which is left to pdf.js.
 */
export async function countByTable(source: ByteSource, size: number): Promise<number | null> {
  const sections = await readTable(source, size);
  if (!sections || sections.some(({ trailer }) => /\/(Encrypt|XRefStm)\b/.test(trailer))) return null;
  const catalog = await readReferred(source, sections, sections[0]?.trailer ?? '', 'Root');
  if (!catalog || !/\/Type\s*\/Catalog\b/.test(catalog)) return null;
  const pages = await readReferred(source, sections, catalog, 'Pages');
  if (!pages || !/\/Type\s*\/Pages\b/.test(pages)) return null;
  const counts = [...pages.matchAll(/\/Count\s+(\d+)(?!\s+\d+\s+R)/g)];
  return counts.length === 1 ? Number(counts[0]?.[1]) : null;
}

/** The text of the object that the key of a dictionary refers to. */
async function readReferred(
  source: ByteSource,
  sections: readonly TableSection[],
  dictionary: string,
  key: string,
): Promise<string | null> {
  const number = numberAfter(dictionary, key);
  const start = number === undefined ? null : await findObject(source, sections, Number(number));
  if (start === null) return null;
  const text = await readText(source, start, OBJECT_BYTES);
  const end = text.indexOf('endobj');
  return end > 0 && new RegExp(`^\\s*${number}\\s+\\d+\\s+obj\\b`).test(text) ? text.slice(0, end) : null;
}
