import type { UnitKind } from '@latchkey/contract/kinds';
import type { MediaMetadata } from '@latchkey/contract/schemas/media-metadata';
import { readDicomMetadata } from './dicom-metadata.js';
import { type FieldNotes, mediaFormat, readMediaMetadata } from './media-metadata.js';
import { isStorable } from './storable-text.js';
import { notStorable } from './text-fields.js';
import { UnitRefusal } from './unit.js';

export interface MediaRules {
  readonly strict: boolean;
  /** The server can't open the object: only a signer can, and the browser alone asks it. */
  readonly needsSigner: boolean;
  readonly checksText: boolean;
}

/** The media metadata of one object of the kind; null if none is given and none is needed. Throws `UnitRefusal`. */
export function readObjectMedia(
  kind: UnitKind,
  value: unknown,
  rules: MediaRules,
  notes: FieldNotes,
): MediaMetadata | null {
  const format = mediaFormat(kind);
  if (format === null) return null;
  if (value === undefined || value === null) {
    if (!rules.strict && !rules.needsSigner) return null;
    throw new UnitRefusal({
      code: 'media_metadata_missing',
      message: rules.needsSigner
        ? `Only a signer can open the object, so the manifest has to give "${format.key}".`
        : `The integration has strict client-only access, which needs "${format.key}" in the manifest.`,
      hint: `Add "${format.key}" with ${format.fieldNames.join(', ')}: the server may not read the file.`,
      field: format.key,
    });
  }
  const isDicom = kind === 'dicomSeries';
  const metadata = isDicom ? readDicomMetadata(value) : readMediaMetadata(format, value, notes);
  if (rules.checksText && !isStorable(metadata)) throw notStorable(format.key);
  return metadata;
}
