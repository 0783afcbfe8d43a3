import { ProbeError } from '../probe-error.js';
import { type EncodedBytes, mustReach } from './encoded-bytes.js';
import { knownVr } from './known-tags.js';

export const UNDEFINED_LENGTH = 0xffffffff;
const ITEM = 'FFFEE000';
const ITEM_END = 'FFFEE00D';
const SEQUENCE_END = 'FFFEE0DD';
/** Deeper ones are none that anybody writes; each level costs stack. */
const MAX_DEPTH = 32;

const longVrs = new Set(['OB', 'OD', 'OF', 'OL', 'OV', 'OW', 'SQ', 'SV', 'UC', 'UN', 'UR', 'UT', 'UV']);

export interface Element {
  /** Eight hexadecimal digits in upper case. */
  readonly tag: string;
  /** Undefined: not given, and not known. */
  readonly vr: string | undefined;
  /** Where the value begins. */
  readonly at: number;
  /** Of the value; may be `UNDEFINED_LENGTH`. */
  readonly length: number;
  /** How the elements inside a sequence are encoded. */
  readonly inside: EncodedBytes;
}

/** The element that begins at `at`, without its value. */
export function readElement(data: EncodedBytes, at: number): Element {
  mustReach(data, at + 8);
  const tag = readTag(data, at);
  // Items and their ends have no value representation in any encoding.
  if (!data.isExplicit || tag.startsWith('FFFE')) return implicitElement(data, { tag, at });
  const given = String.fromCharCode(data.view.getUint8(at + 4), data.view.getUint8(at + 5));
  // Some writers leave out the representation of single elements; what stands there is a length then.
  if (!/^[A-Z]{2}$/.test(given)) return implicitElement(data, { tag, at });
  if (!longVrs.has(given))
    return {
      tag,
      vr: given,
      at: at + 8,
      length: data.view.getUint16(at + 6, data.isLittleEndian),
      inside: data,
    };
  mustReach(data, at + 12);
  const length = data.view.getUint32(at + 8, data.isLittleEndian);
  if (given !== 'UN') return { tag, vr: given, at: at + 12, length, inside: data };
  // PS3.5 section 6.2.2: the value of UN is encoded implicitly, little endian.
  const vr = knownVr(tag) ?? (length === UNDEFINED_LENGTH ? 'SQ' : 'UN');
  return { tag, vr, at: at + 12, length, inside: { ...data, isExplicit: false, isLittleEndian: true } };
}

function implicitElement(data: EncodedBytes, { tag, at }: { tag: string; at: number }): Element {
  const length = data.view.getUint32(at + 4, data.isLittleEndian);
  const vr = knownVr(tag) ?? (length === UNDEFINED_LENGTH ? 'SQ' : undefined);
  return { tag, vr, at: at + 8, length, inside: data };
}

function readTag({ view, isLittleEndian }: EncodedBytes, at: number): string {
  const number = view.getUint16(at, isLittleEndian) * 0x10000 + view.getUint16(at + 2, isLittleEndian);
  return number.toString(16).padStart(8, '0').toUpperCase();
}

/** Where the value ends, with the delimiter of one of undefined length. */
export function endOfValue(element: Element, depth = 0): number {
  if (element.length !== UNDEFINED_LENGTH) return element.at + element.length;
  let at = element.at;
  for (;;) {
    const item = readElement(element.inside, at);
    if (item.tag === SEQUENCE_END) return item.at;
    if (item.tag !== ITEM) throw damaged(`an item of a sequence, found ${item.tag}`);
    at = item.length === UNDEFINED_LENGTH ? readItem(item, depth).next : item.at + item.length;
  }
}

export interface Item {
  readonly elements: readonly Element[];
  /** Where the next item begins. */
  readonly next: number;
}

/** The items of a sequence, of defined length or not. */
export function* itemsOf(sequence: Element, depth: number): Generator<Item> {
  const isOpen = sequence.length === UNDEFINED_LENGTH;
  const end = isOpen ? Number.POSITIVE_INFINITY : sequence.at + sequence.length;
  if (!isOpen) mustReach(sequence.inside, end);
  let at = sequence.at;
  while (at < end) {
    const item = readElement(sequence.inside, at);
    if (item.tag === SEQUENCE_END) return;
    if (item.tag !== ITEM) throw damaged(`an item of a sequence, found ${item.tag}`);
    const read = readItem(item, depth);
    yield read;
    at = read.next;
  }
}

function readItem(item: Element, depth: number): Item {
  if (depth > MAX_DEPTH)
    throw new ProbeError(
      'corrupt',
      `The DICOM data set has sequences within sequences, more than ${MAX_DEPTH} deep.`,
    );
  const isOpen = item.length === UNDEFINED_LENGTH;
  const end = isOpen ? Number.POSITIVE_INFINITY : item.at + item.length;
  const elements: Element[] = [];
  let at = item.at;
  while (at < end) {
    const element = readElement(item.inside, at);
    if (element.tag === ITEM_END) return { elements, next: element.at };
    if (element.tag.startsWith('FFFE')) throw damaged(`an element in an item, found ${element.tag}`);
    elements.push(element);
    at = endOfValue(element, depth + 1);
  }
  return { elements, next: at };
}

function damaged(expected: string): ProbeError {
  return new ProbeError('corrupt', `The DICOM data set is damaged: expected ${expected}.`);
}
