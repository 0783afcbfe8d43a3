import type { DicomTags } from '@latchkey/contract/schemas/media-metadata';
import { latin1 } from '../ascii.js';
import { type DecodeText, textDecoderFor } from './character-sets.js';
import { readValues } from './element-values.js';
import { type Element, itemsOf } from './elements.js';
import { mustReach } from './encoded-bytes.js';

const SPECIFIC_CHARACTER_SET = '00080005';

/** Where elements stand: what they inherit. */
interface Surroundings {
  readonly decode: DecodeText;
  /** How many sequences are around them. */
  readonly depth: number;
}
const outermost: Surroundings = { decode: textDecoderFor([]), depth: 0 };

/** The elements by tag as in DICOM JSON; without private ones of no known representation and without binary data. */
export function toDicomJson(elements: readonly Element[], around: Surroundings = outermost): DicomTags {
  const own = { ...around, decode: decoderOf(elements) ?? around.decode };
  const tags: DicomTags = {};
  for (const element of elements) {
    const json = element.tag.endsWith('0000') ? null : toJson(element, own);
    if (json) tags[element.tag] = json;
  }
  return tags;
}

/** An item may have a character set of its own, for all in it. */
function decoderOf(elements: readonly Element[]): DecodeText | null {
  const element = elements.find(({ tag }) => tag === SPECIFIC_CHARACTER_SET);
  if (!element || element.length === 0) return null;
  mustReach(element.inside, element.at + element.length);
  const terms = latin1(element.inside.bytes.subarray(element.at, element.at + element.length));
  return textDecoderFor(terms.replace(/[\0 ]+$/, '').split('\\'));
}

function toJson(element: Element, around: Surroundings): DicomTags[string] {
  const { vr } = element;
  if (vr === undefined) return null;
  const values = vr === 'SQ' ? itemsToJson(element, around) : readValues(element, vr, around.decode);
  if (values === null) return null;
  return values.length > 0 ? { vr, Value: values } : { vr };
}

function itemsToJson(sequence: Element, { decode, depth }: Surroundings): unknown[] {
  const items = [...itemsOf(sequence, depth)];
  return items.map(({ elements }) => toDicomJson(elements, { decode, depth: depth + 1 }));
}
