import { clientMetadataProblem } from '@latchkey/contract/client-metadata';
import { type UnitKind, unitKinds } from '@latchkey/contract/kinds';
import { limits as contractLimits, type ManifestLimits } from '@latchkey/contract/limits';
import type { MediaMetadata } from '@latchkey/contract/schemas/media-metadata';
import { showKey } from '../scan/manifest-keys.js';
import type { Place } from '../scan/place.js';
import { type ElementField, externalFileTypes } from './element-keys.js';
import { compileHostRules } from './host-rules.js';
import { mediaFormat, readMediaMetadata } from './media-metadata.js';
import { readObjectUrl } from './object-url.js';
import type { PartWarnings } from './part-warnings.js';
import { isStorable } from './storable-text.js';
import { isObject, showJsonType, UnitRefusal, type UnitResult, type UnitRules } from './unit.js';
import { failedUnit } from './unit-error.js';
import { type Fields, sortFields } from './unit-fields.js';

/** Written anew, JSON takes at most as many times the characters: 1e20 becomes 100000000000000000000. */
const MAX_GROWTH = 6;

/** Checks the elements of one kind under one set of rules. */
export class UnitReader {
  private readonly allowsHost: (host: string) => boolean;
  private readonly kind: UnitKind;
  private readonly rules: UnitRules;
  private readonly limits: ManifestLimits;
  private readonly warnings: PartWarnings;
  /** Whether texts must be searched for characters that cannot be stored. */
  private readonly checksText: boolean;

  constructor(kind: UnitKind, rules: UnitRules, warnings: PartWarnings, checksText: boolean) {
    this.kind = kind;
    this.rules = rules;
    this.limits = rules.limits ?? contractLimits;
    this.warnings = warnings;
    this.checksText = checksText;
    this.allowsHost = compileHostRules(rules.allowedHosts);
  }

  /** `bytes` is the size of the element as given. */
  read(value: unknown, element: number, place: Place, bytes: number): UnitResult {
    const { kind } = this;
    try {
      this.checkSize(bytes);
      const fields = this.readFields(value, element, place);
      const objectUrl = fields.objectUrl as string;
      const location = readObjectUrl(objectUrl, this.allowsHost, this.limits.objectUrlBytes);
      const title = this.readTitle(fields.title);
      const clientMetadata = this.readClientMetadata(fields.clientMetadata, bytes);
      const mediaMetadata = this.readMedia(fields, element, place);
      const { line } = place;
      return {
        ok: true,
        unit: { kind, element, line, objectUrl, location, title, clientMetadata, mediaMetadata },
      };
    } catch (error) {
      if (!(error instanceof UnitRefusal)) throw error;
      return failedUnit(error.problem, value, { kind, element, place }, this.limits);
    }
  }

  private checkSize(bytes: number): void {
    const { manifestElementBytes } = this.limits;
    if (bytes <= manifestElementBytes) return;
    const message = `The element has ${bytes} bytes; at most ${manifestElementBytes} are allowed (limit manifestElementBytes).`;
    throw new UnitRefusal({ code: 'unit_too_large', message });
  }

  private readFields(value: unknown, element: number, place: Place): Fields {
    if (!isObject(value))
      throw new UnitRefusal({
        code: 'unit_not_an_object',
        message: `Each element of "${this.kind}" must be an object; found ${showJsonType(value)}.`,
      });
    if (unitKinds[this.kind].metadata === null)
      throw new UnitRefusal({
        code: 'kind_not_supported',
        message: `"${unitKinds[this.kind].keys[0]}" is not registered by this version.`,
      });
    const fields = sortFields(value, {
      unknown: (key) => this.warnings.unknownKey(key, null, element, place),
      duplicate: (key, field) => this.warnings.duplicateKey(key, field, null, element, place),
    });
    this.checkFileType(fields.externalFileType);
    return fields;
  }

  private checkFileType(value: unknown): void {
    const expected = externalFileTypes[this.kind];
    if (value === undefined || value === null || expected === undefined) return;
    if (typeof value === 'string' && value.toUpperCase() === expected) return;
    const found = typeof value === 'string' ? showKey(value) : showJsonType(value);
    throw new UnitRefusal({
      code: 'unit_wrong_type',
      message: `"externalFileType" of a unit of "${this.kind}" must be "${expected}"; found ${found}.`,
      hint: 'List the unit as what it is, or leave "externalFileType" out.',
      field: 'externalFileType',
    });
  }

  private readTitle(value: unknown): string | null {
    if (value === undefined || value === null) return null;
    if (typeof value !== 'string') throw wrongType('title', 'a string', value);
    if (this.checksText && !isStorable(value)) throw notStorable('title');
    const { titleLength } = this.limits;
    if (value.length > titleLength)
      throw new UnitRefusal({
        code: 'title_too_long',
        message: `The title has ${value.length} characters; at most ${titleLength} are allowed (limit titleLength).`,
        field: 'title',
      });
    return value.trim() === '' ? null : value;
  }

  private readClientMetadata(value: unknown, elementBytes: number): Record<string, unknown> | null {
    if (value === undefined || value === null) return null;
    if (!isObject(value)) throw wrongType('clientMetadata', 'an object', value);
    const { clientMetadataBytes } = this.limits;
    const maxBytes = elementBytes * MAX_GROWTH <= clientMetadataBytes ? Infinity : clientMetadataBytes;
    const problem =
      this.checksText && !isStorable(value)
        ? 'The client metadata holds U+0000 or half of a surrogate pair, which cannot be stored.'
        : clientMetadataProblem(value, maxBytes);
    if (problem !== null)
      throw new UnitRefusal({ code: 'client_metadata_invalid', message: problem, field: 'clientMetadata' });
    return value;
  }

  private readMedia(fields: Fields, element: number, place: Place): MediaMetadata | null {
    const format = mediaFormat(this.kind);
    if (format === null) return null;
    for (const name of Object.keys(fields))
      if (name.endsWith('Metadata') && name !== format.key && name !== 'clientMetadata')
        this.warnings.otherMetadata(name, element, place);
    const value = fields[format.key as ElementField];
    if (value === undefined || value === null) {
      if (!this.rules.strict) return null;
      throw new UnitRefusal({
        code: 'media_metadata_missing',
        message: `The integration has strict client-only access, which needs "${format.key}" in the manifest.`,
        hint: `Add "${format.key}" with ${format.fieldNames.join(', ')}: the server may not read the file.`,
        field: format.key,
      });
    }
    const metadata = readMediaMetadata(format, value, {
      unknown: (key) => this.warnings.unknownKey(key, format.key, element, place),
      duplicate: (key, field) => this.warnings.duplicateKey(key, field, format.key, element, place),
    });
    if (this.checksText && !isStorable(metadata)) throw notStorable(format.key);
    return metadata;
  }
}

function wrongType(field: string, expected: string, value: unknown): UnitRefusal {
  const message = `"${field}" must be ${expected}; found ${showJsonType(value)}.`;
  return new UnitRefusal({ code: 'unit_wrong_type', message, field });
}

function notStorable(field: string): UnitRefusal {
  return new UnitRefusal({
    code: 'unit_wrong_type',
    message: `"${field}" holds U+0000 or half of a surrogate pair, which cannot be stored.`,
    hint: 'Remove the character.',
    field,
  });
}
