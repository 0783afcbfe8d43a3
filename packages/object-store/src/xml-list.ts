import type { ListedObject, ListPage } from './object-store.js';

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
const ARCHIVED = /^(?:GLACIER|DEEP_ARCHIVE|COLD|Archive)$/;

/** The texts of all elements of a name, with what is in them. None of the lists nests an element in its like. */
function* elementsOf(xml: string, name: string): Generator<string> {
  const [open, close] = [`<${name}>`, `</${name}>`];
  for (let at = xml.indexOf(open); at >= 0; ) {
    const end = xml.indexOf(close, at);
    if (end < 0) return;
    yield xml.slice(at + open.length, end);
    at = xml.indexOf(open, end);
  }
}

/** Of the first element of that name; empty without one. */
function textOf(xml: string, name: string): string {
  for (const text of elementsOf(xml, name)) return unescapeXml(text);
  return '';
}

function unescapeXml(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:#(\d+)|#x([0-9a-fA-F]+)|([a-z]+));/g, (all, decimal, hex, name) => {
    if (name !== undefined) return ENTITIES[name as string] ?? all;
    return String.fromCodePoint(decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal));
  });
}

/**
 * A page of `ListBucketResult`, as S3 and its clones, GCS and OBS write it.
 * @param isUrlEncoded keys are as `encoding-type=url` writes them, with a plus for a space
 */
export function readBucketList(xml: string, isUrlEncoded: boolean): ListPage {
  const objects: ListedObject[] = [];
  for (const content of elementsOf(xml, 'Contents')) {
    const key = textOf(content, 'Key');
    objects.push({
      key: isUrlEncoded ? decodeURIComponent(key.replaceAll('+', ' ')) : key,
      size: Number(textOf(content, 'Size')),
      isArchived: ARCHIVED.test(textOf(content, 'StorageClass')),
    });
  }
  const isLast = textOf(xml, 'IsTruncated') !== 'true';
  return { objects, after: isLast ? null : (objects.at(-1)?.key ?? null) };
}

/** A page of Azure's `EnumerationResults`. Where there are real directories, they are no objects. */
export function readBlobList(xml: string): ListPage {
  const objects: ListedObject[] = [];
  for (const blob of elementsOf(xml, 'Blob')) {
    if (textOf(blob, 'ResourceType') === 'directory') continue;
    objects.push({
      key: textOf(blob, 'Name'),
      size: Number(textOf(blob, 'Content-Length')),
      isArchived: ARCHIVED.test(textOf(blob, 'AccessTier')),
    });
  }
  return { objects, after: textOf(xml, 'NextMarker') || null };
}
