import type { UnitKind } from '@latchkey/contract/kinds';
import { wrongType } from './text-fields.js';
import { isObject, type Unit, UnitRefusal } from './unit.js';
import type { Fields } from './unit-fields.js';

type References = Pick<Unit, 'references' | 'details'>;

const layouts = ['default-grid', 'default-list', 'custom'];
const uuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** The items that a group is made of, and how they are laid out. Throws `UnitRefusal`. */
export function readReferences(kind: UnitKind, fields: Fields): References {
  if (kind === 'imageGroupsFromItems')
    return { references: readUuids('imageItems', fields.imageItems), details: null };
  const { layout = 'default-grid', layoutContents, settings } = fields;
  const isNamed = typeof layout === 'string';
  if ((isNamed && !layouts.includes(layout)) || !(isNamed || isObject(layout)))
    throw refuse('layout', `"layout" must be one of ${layouts.join(', ')}, or the tree of a custom layout.`);
  if (Array.isArray(layoutContents))
    return {
      references: readUuids('layoutContents', layoutContents),
      details: { group: { layout, settings } },
    };
  if (!isObject(layoutContents)) throw wrongType('layoutContents', 'an array or an object', layoutContents);
  const references = readUuids('layoutContents', Object.values(layoutContents));
  const contents = Object.fromEntries(Object.keys(layoutContents).map((key, at) => [key, references[at]]));
  return { references, details: { group: { layout, contents, settings } } };
}

function readUuids(field: string, value: unknown): string[] {
  if (!Array.isArray(value)) throw wrongType(field, 'an array', value);
  if (value.length === 0)
    throw new UnitRefusal({ code: 'members_missing', message: `"${field}" names no items.`, field });
  return value.map((each: unknown, index) => {
    if (typeof each === 'string' && uuid.test(each)) return each.toLowerCase();
    throw refuse(`${field}[${index}]`, `"${field}" must list the UUIDs of items.`);
  });
}

function refuse(field: string, message: string): UnitRefusal {
  return new UnitRefusal({ code: 'unit_wrong_type', message, field });
}
