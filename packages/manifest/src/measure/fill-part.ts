import { type UnitKind, unitKinds } from '@latchkey/contract/kinds';
import type { MediaMetadata } from '@latchkey/contract/schemas/media-metadata';
import { type CompositeKind, gatherMembers, isCompositeKind } from '../read/composite-members.js';
import { elementField } from '../read/element-keys.js';
import type { PartPlace } from '../read/read-part.js';
import { type NumberedFields, sortFields } from '../read/unit-fields.js';
import { JsonScanner } from '../scan/json-scanner.js';
import { splitPart } from '../write/pick-elements.js';
import { sceneFilePlaces } from './scene-file-places.js';

/** One object of a part that lacks its media metadata. */
export interface PartFilling {
  /** Of the element within the part. */
  readonly index: number;
  readonly kind: UnitKind;
  readonly member: number | null;
  /** Of its measurement. */
  readonly key: string;
}

interface Insertion {
  /** Behind the last byte of the object that gets a member. */
  readonly end: number;
  readonly key: string;
  readonly metadata: MediaMetadata;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const COMMA = 0x2c;
const OPEN_OBJECT = 0x7b;

/** The bytes of the part with what was measured; what was not stays without. */
export function fillPart(
  slice: Uint8Array,
  part: PartPlace,
  fillings: readonly PartFilling[],
  measured: ReadonlyMap<string, MediaMetadata>,
): Uint8Array {
  const { bytes, starts, ends } = splitPart(slice, part);
  const byElement = new Map<number, PartFilling[]>();
  for (const filling of fillings) {
    if (!measured.has(filling.key)) continue;
    byElement.set(filling.index, [...(byElement.get(filling.index) ?? []), filling]);
  }
  const insertions = [...byElement].flatMap(([index, own]) => {
    const start = starts[index] ?? 0;
    const element = bytes.subarray(start, ends[index]);
    return insertionsOf(element, own, measured).map((each) => ({ ...each, end: each.end + start }));
  });
  return withInsertions(slice, insertions);
}

function insertionsOf(
  element: Uint8Array,
  fillings: readonly PartFilling[],
  measured: ReadonlyMap<string, MediaMetadata>,
): Insertion[] {
  const [first] = fillings;
  if (!first) return [];
  const places = isCompositeKind(first.kind)
    ? memberPlaces(element, first.kind)
    : first.member === null
      ? []
      : sceneFilePlaces(element);
  return fillings.flatMap(({ kind, member, key }) => {
    const metadata = measured.get(key);
    const place =
      member === null ? { end: element.length, key: unitKinds[kind].metadata?.key } : places[member];
    return metadata && place?.key ? [{ end: place.end, key: place.key, metadata }] : [];
  });
}

/** Where the metadata of each member belongs: into the element under a numbered key, or into the member's object. */
function memberPlaces(element: Uint8Array, kind: CompositeKind): { end: number; key: string }[] {
  const metadataKey = unitKinds[kind].metadata.key;
  const numbered: NumberedFields = new Map();
  const fields = sortFields(JSON.parse(decoder.decode(element)), kind, undefined, numbered);
  const members = gatherMembers(kind, fields, numbered, { unknown: () => {}, duplicate: () => {} });
  const names = members.map(({ nameOf }) => nameOf(metadataKey));
  if (names[0]?.includes('.')) return listedEnds(element).map((end) => ({ end, key: metadataKey }));
  return names.map((key) => ({ end: element.length, key }));
}

/** Behind each object of the list of members. */
function listedEnds(element: Uint8Array): number[] {
  const ends: number[] = [];
  let isInList = false;
  const scanner = new JsonScanner({
    watchedDepth: 2,
    readDepth: 1,
    onKey: (depth, key) => {
      if (depth !== 1) return;
      const field = key === null ? undefined : elementField(key);
      isInList = field === 'images' || field === 'dicomFiles';
    },
    onStart: () => {},
    onEnd: (depth, _value, endOffset) => {
      if (depth === 2 && isInList) ends.push(endOffset);
    },
    onTrailingComma: () => {},
  });
  scanner.push(element);
  scanner.end();
  return ends;
}

function withInsertions(slice: Uint8Array, insertions: readonly Insertion[]): Uint8Array {
  const sorted = [...insertions].sort((a, b) => a.end - b.end);
  const pieces: Uint8Array[] = [];
  let from = 0;
  let before = -1;
  for (const { end, key, metadata } of sorted) {
    const at = end - 1;
    pieces.push(slice.subarray(from, at));
    const member = `${JSON.stringify(key)}:${JSON.stringify(metadata)}`;
    pieces.push(encoder.encode(at !== before && followsSeparator(slice, at) ? member : `,${member}`));
    from = at;
    before = at;
  }
  pieces.push(slice.subarray(from));
  return concat(pieces);
}

/** Whether a member before the closing bracket at `at` needs no comma: the object is empty, or ends with a comma. */
function followsSeparator(slice: Uint8Array, at: number): boolean {
  let before = at - 1;
  while (before >= 0 && (slice[before] as number) <= 0x20) before--;
  return slice[before] === COMMA || slice[before] === OPEN_OBJECT;
}

function concat(pieces: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}
