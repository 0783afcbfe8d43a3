import { type ElementField, elementField } from './element-keys.js';

export type Fields = Partial<Record<ElementField, unknown>>;

/** The known fields under their own names; of several spellings of one field the first that is not null. */
export function sortFields(
  value: Record<string, unknown>,
  notes?: { unknown(key: string): void; duplicate(key: string, field: string): void },
): Fields {
  const fields: Fields = {};
  for (const key of Object.keys(value)) {
    const field = elementField(key);
    const member = value[key];
    if (field === undefined) notes?.unknown(key);
    else if (fields[field] === undefined || fields[field] === null) fields[field] = member;
    else if (member !== null && member !== fields[field]) notes?.duplicate(key, field);
  }
  return fields;
}
