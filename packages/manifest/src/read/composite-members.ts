import type { UnitKind } from '@latchkey/contract/kinds';
import type { MemberField } from './element-keys.js';
import { wrongType } from './text-fields.js';
import { isObject, UnitRefusal } from './unit.js';
import { type FieldNotes, type Fields, type NumberedFields, sortFields } from './unit-fields.js';

/** A member as the manifest gives it. */
export interface GivenMember {
  readonly fields: Partial<Record<MemberField, unknown>>;
  /** How the manifest calls one of its fields: `objectUrl_3` or `images[3].url`. */
  nameOf(field: string): string;
}

const lists = { imageGroups: 'images', dicomSeries: 'dicomFiles' } as const;
export type CompositeKind = keyof typeof lists;

export const isCompositeKind = (kind: UnitKind): kind is CompositeKind => kind in lists;

/** The members of a group or series in their order, numbered (`objectUrl_0`) or listed. Throws `UnitRefusal`. */
export function gatherMembers(
  kind: CompositeKind,
  fields: Fields,
  numbered: NumberedFields,
  notes: FieldNotes,
): GivenMember[] {
  const list = lists[kind];
  const listed = fields[list];
  if (listed === undefined || listed === null) return numberedMembers(fields, list, numbered);
  if (numbered.size > 0 || isGiven(fields.objectUrl))
    throw new UnitRefusal({
      code: 'unit_wrong_type',
      message: `The element has both "${list}" and numbered keys such as "objectUrl_0".`,
      hint: 'Give its members in one of the two ways.',
      field: list,
    });
  if (!Array.isArray(listed)) throw wrongType(list, 'an array', listed);
  if (listed.length === 0) throw noMembers(list);
  return listed.map((value: unknown, index) => {
    if (!isObject(value)) throw wrongType(`${list}[${index}]`, 'an object', value);
    return { fields: sortFields(value, kind, notes), nameOf: (field) => `${list}[${index}].${field}` };
  });
}

function numberedMembers(fields: Fields, list: string, numbered: NumberedFields): GivenMember[] {
  // One object alone may leave its number out.
  if (numbered.size === 0 && isGiven(fields.objectUrl)) return [{ fields, nameOf: (field) => field }];
  if (numbered.size === 0) throw noMembers(list);
  return [...numbered]
    .sort(([a], [b]) => a - b)
    .map(([number, member]) => ({
      fields: member,
      nameOf: (field) => field.replace(/^[^.]+/, (name) => `${name}_${number}`),
    }));
}

const isGiven = (value: unknown): boolean => value !== undefined && value !== null;

function noMembers(list: string): UnitRefusal {
  return new UnitRefusal({
    code: 'members_missing',
    message: `The element names no members: it has neither "objectUrl_0" nor "${list}".`,
    field: 'objectUrl_0',
  });
}
