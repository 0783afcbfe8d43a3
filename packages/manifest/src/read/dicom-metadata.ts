import type { DicomMetadata, DicomTags } from '@latchkey/contract/schemas/media-metadata';
import { isObject, showJsonType, UnitRefusal } from './unit.js';

/** Without these no viewer can place a file in its series. */
const compulsory = {
  '00080018': 'SOPInstanceUID',
  '0020000D': 'StudyInstanceUID',
  '0020000E': 'SeriesInstanceUID',
  '00280010': 'Rows',
  '00280011': 'Columns',
} as const;

/** The tags in upper case. Throws `UnitRefusal`. */
export function readDicomMetadata(value: unknown): DicomMetadata {
  if (!isObject(value))
    throw wrong('dicomMetadata', `"dicomMetadata" must be an object; found ${showJsonType(value)}.`);
  const { tags } = value;
  if (!isObject(tags))
    throw wrong(
      'dicomMetadata.tags',
      `"tags" in "dicomMetadata" must be an object; found ${showJsonType(tags)}.`,
    );
  const read: DicomTags = {};
  for (const [tag, element] of Object.entries(tags)) read[tag.toUpperCase()] = readElement(tag, element);
  const missing = Object.entries(compulsory).filter(([tag]) => firstTagValue(read, tag) === undefined);
  if (missing.length > 0)
    throw new UnitRefusal({
      code: 'media_metadata_incomplete',
      message: `"tags" in "dicomMetadata" lacks ${missing.map(([tag, name]) => `${tag} (${name})`).join(', ')}.`,
      field: 'dicomMetadata.tags',
    });
  return { tags: read };
}

function readElement(tag: string, element: unknown): DicomTags[string] {
  const field = `dicomMetadata.tags.${tag.slice(0, 8)}`;
  if (!/^[0-9A-Fa-f]{8}$/.test(tag))
    throw wrong('dicomMetadata.tags', 'A tag must be eight hexadecimal digits, such as "00280010".');
  if (element === null) return null;
  if (!isObject(element) || typeof element['vr'] !== 'string')
    throw wrong(field, `Tag ${tag} must be null or an object with "vr" and "Value", as in DICOM JSON.`);
  const values = element['Value'];
  if (values !== undefined && !Array.isArray(values))
    throw wrong(field, `"Value" of tag ${tag} must be an array; found ${showJsonType(values)}.`);
  return { vr: element['vr'], ...(values !== undefined && { Value: values as unknown[] }) };
}

/** The first value of a tag; undefined if it is absent, null or empty. */
export function firstTagValue(tags: DicomTags, tag: string): string | number | undefined {
  const value = tags[tag]?.Value?.[0];
  return typeof value === 'string' || typeof value === 'number' ? value : undefined;
}

function wrong(field: string, message: string): UnitRefusal {
  return new UnitRefusal({ code: 'media_metadata_invalid', message, field });
}
