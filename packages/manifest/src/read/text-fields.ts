import { clientMetadataProblem } from '@latchkey/contract/client-metadata';
import type { ManifestLimits } from '@latchkey/contract/limits';
import type { MetadataCheck } from '@latchkey/contract/metadata-check';
import { isStorable } from './storable-text.js';
import { isObject, showJsonType, UnitRefusal } from './unit.js';

/** Written anew, JSON takes at most as many times the characters: 1e20 becomes 100000000000000000000. */
const MAX_GROWTH = 6;

export interface TextChecks {
  readonly limits: ManifestLimits;
  /** Whether texts must be searched for characters that cannot be stored. */
  readonly checksText: boolean;
  /** Null: every value of client metadata fits. */
  readonly checkMetadata: MetadataCheck | null;
}

/** Null for none, or a blank one. */
export function readTitle(value: unknown, { limits, checksText }: TextChecks): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value !== 'string') throw wrongType('title', 'a string', value);
  if (checksText && !isStorable(value)) throw notStorable('title');
  const { titleLength } = limits;
  if (value.length > titleLength)
    throw new UnitRefusal({
      code: 'title_too_long',
      message: `The title has ${value.length} characters; at most ${titleLength} are allowed (limit titleLength).`,
      field: 'title',
    });
  return value.trim() === '' ? null : value;
}

/** `elementBytes`: the size of the whole element as given. */
export function readClientMetadata(
  value: unknown,
  elementBytes: number,
  { limits, checksText, checkMetadata }: TextChecks,
): Record<string, unknown> | null {
  if (value === undefined || value === null) return null;
  if (!isObject(value)) throw wrongType('clientMetadata', 'an object', value);
  const { clientMetadataBytes } = limits;
  const maxBytes = elementBytes * MAX_GROWTH <= clientMetadataBytes ? Infinity : clientMetadataBytes;
  const problem =
    checksText && !isStorable(value)
      ? 'The client metadata holds U+0000 or half of a surrogate pair, which cannot be stored.'
      : clientMetadataProblem(value, maxBytes);
  if (problem !== null)
    throw new UnitRefusal({ code: 'client_metadata_invalid', message: problem, field: 'clientMetadata' });
  if (checkMetadata !== null) mustFit(checkMetadata, value);
  return value;
}

function mustFit(check: MetadataCheck, metadata: Record<string, unknown>): void {
  const problem = check(metadata);
  if (problem === null) return;
  const { key, message } = problem;
  throw new UnitRefusal({ code: 'client_metadata_value_invalid', message, field: `clientMetadata.${key}` });
}

export function wrongType(field: string, expected: string, value: unknown): UnitRefusal {
  const message = `"${field}" must be ${expected}; found ${showJsonType(value)}.`;
  return new UnitRefusal({ code: 'unit_wrong_type', message, field });
}

export function notStorable(field: string): UnitRefusal {
  return new UnitRefusal({
    code: 'unit_wrong_type',
    message: `"${field}" holds U+0000 or half of a surrogate pair, which cannot be stored.`,
    hint: 'Remove the character.',
    field,
  });
}
