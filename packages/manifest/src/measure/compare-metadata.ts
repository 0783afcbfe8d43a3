import type { DicomTags, MediaMetadata } from '@latchkey/contract/schemas/media-metadata';

/** A field of the manifest that the object itself does not bear out. */
export interface MetadataLie {
  readonly field: string;
  readonly claimed: unknown;
  readonly measured: unknown;
}

/** Rounded by hand or by tools: seconds and frames a second. */
const roundedFields: Readonly<Record<string, (claimed: number) => number>> = {
  duration: (claimed) => Math.max(0.1, claimed * 0.005),
  fps: (claimed) => Math.max(0.01, claimed * 0.001),
};

/** Names of one type, without its parameters. */
const mimeAliases: Readonly<Record<string, string>> = {
  'image/jpg': 'image/jpeg',
  'image/pjpeg': 'image/jpeg',
  'audio/mp3': 'audio/mpeg',
  'audio/x-wav': 'audio/wav',
  'audio/wave': 'audio/wav',
  'audio/x-flac': 'audio/flac',
  'audio/x-m4a': 'audio/mp4',
  'application/x-gzip': 'application/gzip',
  'application/csv': 'text/csv',
};

/** Names by which tools know one codec: `mp3float`, `pcm_s16le` and `PCM` beside `mp3` and `pcm`. */
const codecName = (codec: string): string =>
  codec
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
    .replace(/^(pcm|mp3|aac|mp4a).*/, '$1')
    .replace('mp4a', 'aac');

/** What stores say of a type that they do not know. */
const anyType = 'application/octet-stream';

function mimeName(type: string): string {
  const name = type.toLowerCase().split(';')[0]?.trim() ?? '';
  return mimeAliases[name] ?? name;
}

/** What a manifest claims of an object, field by field, where measuring it found something else. */
export function compareMetadata(claimed: MediaMetadata, measured: MediaMetadata): MetadataLie[] {
  if ('tags' in claimed) return 'tags' in measured ? compareTags(claimed.tags, measured.tags) : [];
  const found = measured as unknown as Readonly<Record<string, unknown>>;
  return Object.entries(claimed).flatMap(([field, value]) =>
    isSame(field, value, found[field]) ? [] : [{ field, claimed: value, measured: found[field] }],
  );
}

function isSame(field: string, claimed: unknown, measured: unknown): boolean {
  // A compressed codec has no bit depth: tools write 0, 16 or 32 for it.
  if (field === 'bitDepth' && measured === 0) return true;
  if (typeof claimed === 'number' && typeof measured === 'number')
    return Math.abs(claimed - measured) <= (roundedFields[field]?.(claimed) ?? 0);
  if (typeof claimed !== 'string' || typeof measured !== 'string') return claimed === measured;
  if (field === 'mimeType') return [anyType, mimeName(measured)].includes(mimeName(claimed));
  if (field === 'codec') return codecName(claimed) === codecName(measured);
  return claimed === measured;
}

/** Tags that the manifest gives, null for one that the file does not have. */
function compareTags(claimed: DicomTags, measured: DicomTags): MetadataLie[] {
  return Object.entries(claimed).flatMap(([tag, element]) => {
    const own = measured[tag]?.Value ?? [];
    const values = element?.Value ?? [];
    return JSON.stringify(values) === JSON.stringify(own)
      ? []
      : [{ field: `tags.${tag}`, claimed: element?.Value ?? null, measured: measured[tag]?.Value ?? null }];
  });
}
