import type { UnitKind } from '@latchkey/contract/kinds';
import type { ManifestWarning } from '@latchkey/contract/schemas/upload-job';
import { shortenKey, showKey } from '../scan/manifest-keys.js';
import type { Place } from '../scan/place.js';
import { type ManifestWarningCode, warningAt, warningLimit } from '../warnings.js';

/** Warnings of the units of one kind in a part: each key once, at the first element that has it. */
export class PartWarnings {
  private readonly list: ManifestWarning[];
  private readonly seen = new Set<string>();
  private readonly kind: UnitKind;

  /** Adds to `list`, which the kinds of a part share. */
  constructor(kind: UnitKind, list: ManifestWarning[]) {
    this.kind = kind;
    this.list = list;
  }

  unknownKey(key: string, inside: string | null, element: number, place: Place): void {
    const where = inside === null ? 'in an element' : `in "${inside}"`;
    this.once(
      'unknown_key',
      key,
      inside,
      `The key ${showKey(key)} ${where} is not known and was left out.`,
      element,
      place,
    );
  }

  duplicateKey(key: string, field: string, inside: string | null, element: number, place: Place): void {
    const message = `The key ${showKey(key)} gives "${field}" once more; the first one is used.`;
    this.once('duplicate_key', key, inside, message, element, place);
  }

  otherMetadata(key: string, element: number, place: Place): void {
    const message = `A unit of "${this.kind}" has no use for ${showKey(key)}; it was left out.`;
    this.once('metadata_of_another_kind', key, null, message, element, place);
  }

  private once(
    code: ManifestWarningCode,
    key: string,
    inside: string | null,
    message: string,
    element: number,
    place: Place,
  ): void {
    if (this.list.length >= warningLimit) return;
    const shortKey = shortenKey(key);
    const field = inside === null ? shortKey : `${inside}.${shortKey}`;
    const name = `${code} ${field}`;
    if (this.seen.has(name)) return;
    this.seen.add(name);
    this.list.push(warningAt(code, message, place, { kind: this.kind, element, field }));
  }
}
