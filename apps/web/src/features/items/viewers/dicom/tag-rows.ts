import type { DataSet, Element } from 'dicom-parser';

export interface TagRow {
  readonly key: string;
  /** `(0028,0010)`. */
  readonly tag: string;
  /** Within how many sequences it lies. */
  readonly depth: number;
  readonly name: string;
  readonly value: string;
}

export interface DictionaryEntry {
  readonly name: string;
  readonly vr: string;
}
/** By the tag of eight hexadecimal digits, in capitals; the value representation matters where the file has none. */
export type Dictionary = (tag: string) => DictionaryEntry | undefined;

const maxText = 400;
const maxRows = 5000;

/** The encodings of SpecificCharacterSet that text of most files is in; the first value counts. */
const encodings: Readonly<Record<string, string>> = {
  'ISO_IR 192': 'utf-8',
  'ISO_IR 101': 'iso-8859-2',
  'ISO_IR 144': 'iso-8859-5',
  'ISO_IR 127': 'iso-8859-6',
  'ISO_IR 126': 'iso-8859-7',
  'ISO_IR 138': 'iso-8859-8',
  'ISO_IR 148': 'iso-8859-9',
  'ISO_IR 166': 'windows-874',
  'ISO_IR 13': 'shift_jis',
  'ISO 2022 IR 87': 'iso-2022-jp',
  'ISO 2022 IR 149': 'euc-kr',
  GB18030: 'gb18030',
  GBK: 'gbk',
};

/** All elements of a file in their order, those of sequences below them. */
export function tagRows(dataSet: DataSet, dictionary: Dictionary): TagRow[] {
  const characterSets = dataSet.string('x00080005')?.split('\\') ?? [];
  const encoding = characterSets.map((name) => encodings[name.trim()]).find(Boolean) ?? 'iso-8859-1';
  const rows: TagRow[] = [];
  collect({ dataSet, dictionary, decoder: new TextDecoder(encoding) }, '', 0, rows);
  return rows;
}

interface Context {
  readonly dataSet: DataSet;
  readonly dictionary: Dictionary;
  readonly decoder: TextDecoder;
}

function collect(context: Context, path: string, depth: number, rows: TagRow[]): void {
  for (const [id, element] of Object.entries(context.dataSet.elements).sort(byTag)) {
    if (rows.length >= maxRows) return;
    const code = id.slice(1).toUpperCase();
    const known = context.dictionary(code);
    const isPrivate = Number.parseInt(code.slice(3, 4), 16) % 2 === 1;
    const name = known?.name ?? (isPrivate ? 'Private' : 'Unknown');
    const key = `${path}${code}`;
    const tag = `(${code.slice(0, 4)},${code.slice(4)})`;
    rows.push({ key, tag, depth, name, value: textOf(context, id, element, known?.vr) });
    for (const [index, item] of (element.items ?? []).entries())
      if (item.dataSet) collect({ ...context, dataSet: item.dataSet }, `${key}[${index}].`, depth + 1, rows);
  }
}

const byTag = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]) => (a < b ? -1 : 1);

type Reader = (dataSet: DataSet, id: string, index: number) => number | undefined;
const numbers: Readonly<Record<string, readonly [bytes: number, read: Reader]>> = {
  US: [2, (dataSet, id, index) => dataSet.uint16(id, index)],
  SS: [2, (dataSet, id, index) => dataSet.int16(id, index)],
  UL: [4, (dataSet, id, index) => dataSet.uint32(id, index)],
  SL: [4, (dataSet, id, index) => dataSet.int32(id, index)],
  FL: [4, (dataSet, id, index) => dataSet.float(id, index)],
  FD: [8, (dataSet, id, index) => dataSet.double(id, index)],
};
const binary = /^(O[BDFLWV]|UN|\?\?)$/;

function textOf({ dataSet, decoder }: Context, id: string, element: Element, knownVr?: string): string {
  if (element.items) return `${element.items.length} ${element.items.length === 1 ? 'item' : 'items'}`;
  const vr = element.vr && element.vr !== 'UN' ? element.vr : (knownVr ?? 'UN');
  if (vr === 'AT') return dataSet.attributeTag(id)?.slice(1).toUpperCase() ?? '';
  const number = numbers[vr];
  if (number) {
    const [size, read] = number;
    const count = Math.min(Math.floor(element.length / size), 32);
    return Array.from({ length: count }, (_, index) => read(dataSet, id, index)).join(' \\ ');
  }
  if (binary.test(vr) || vr.length !== 2) return `${element.length} bytes`;
  const end = element.dataOffset + Math.min(element.length, maxText);
  const text = decoder.decode(dataSet.byteArray.subarray(element.dataOffset, end)).replace(/[\0 ]+$/, '');
  return element.length > maxText ? `${text}…` : text.replaceAll('\\', ' \\ ');
}
