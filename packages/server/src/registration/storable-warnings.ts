import type { ManifestWarning } from '@latchkey/contract/schemas/upload-job';
import { toStorable } from '../http/stored-text.js';

/** Warnings quote keys of the manifest, which may hold what the database can't, or be cut within a character. */
export function toStorableWarnings(warnings: readonly ManifestWarning[]): ManifestWarning[] {
  return warnings.map(({ code, message, place }) => ({
    code,
    message: toStorable(message),
    place: { ...place, field: place.field === null ? null : toStorable(place.field) },
  }));
}
