import type { UnitKind } from '@latchkey/contract/kinds';
import { type ElementField, elementField, type MemberField, numberedField } from './element-keys.js';

export type Fields = Partial<Record<ElementField, unknown>>;

/** What numbered keys give, by the number of the member. */
export type NumberedFields = Map<number, Partial<Record<MemberField, unknown>>>;

export interface FieldNotes {
  unknown(key: string): void;
  duplicate(key: string, field: string): void;
}

/** The known fields under their own names; of several spellings of one field the first that is not null. */
export function sortFields(
  value: Record<string, unknown>,
  kind: UnitKind | null = null,
  notes?: FieldNotes,
  numbered?: NumberedFields,
): Fields {
  const fields: Fields = {};
  for (const key of Object.keys(value)) {
    const member = value[key];
    const field = elementField(key, kind);
    if (field !== undefined) put(fields, field, key, member, notes);
    else if (!numbered || !putNumbered(numbered, key, member, notes)) notes?.unknown(key);
  }
  return fields;
}

function put<Field extends string>(
  fields: Partial<Record<Field, unknown>>,
  field: Field,
  key: string,
  value: unknown,
  notes: FieldNotes | undefined,
): void {
  if (fields[field] === undefined || fields[field] === null) fields[field] = value;
  else if (value !== null && value !== fields[field]) notes?.duplicate(key, field);
}

function putNumbered(
  numbered: NumberedFields,
  key: string,
  value: unknown,
  notes: FieldNotes | undefined,
): boolean {
  const found = numberedField(key);
  if (!found) return false;
  const member = numbered.get(found.number) ?? {};
  numbered.set(found.number, member);
  put(member, found.field, key, value, notes);
  return true;
}
