import { type UnitKind, unitKindNames, unitKinds } from '@latchkey/contract/kinds';
import { showKey } from '../scan/manifest-keys.js';
import { canonicalKey, externalFileTypes } from './element-keys.js';
import { showJsonType, UnitRefusal } from './unit.js';

/** Every name of a kind, whatever its letter case and underscores. */
const kindsByType: ReadonlyMap<string, UnitKind> = new Map(
  // Of two kinds with the same item type the first is meant, and a map keeps the last.
  unitKindNames.toReversed().flatMap((kind): [string, UnitKind][] => {
    const { itemType, keys } = unitKinds[kind];
    const names = [itemType, externalFileTypes[kind] ?? itemType, kind, ...keys];
    return names.map((name) => [canonicalKey(name), kind]);
  }),
);

/** The kind that a unit calls itself; undefined if there is none of that name. */
export const findUnitType = (type: unknown): UnitKind | undefined =>
  typeof type === 'string' ? kindsByType.get(canonicalKey(type)) : undefined;

/** What a line of NDJSON says its unit is. Throws `UnitRefusal`. */
export function readUnitType(type: unknown): UnitKind {
  if (type === undefined || type === null || type === '')
    throw new UnitRefusal({
      code: 'unit_type_missing',
      message: 'The line has no "type", or an empty one.',
      field: 'type',
    });
  const kind = findUnitType(type);
  if (kind !== undefined) return kind;
  const found = typeof type === 'string' ? showKey(type) : showJsonType(type);
  throw new UnitRefusal({
    code: 'unit_type_unknown',
    message: `"type" must be what the unit is; found ${found}.`,
    field: 'type',
  });
}
