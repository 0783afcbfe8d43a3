import { type UnitKind, unitKindNames, unitKinds } from '@latchkey/contract/kinds';
import type { ManifestFlags } from '../scan/manifest-keys.js';
import { BATCH_SIZE, flagMembers, type UnitsByKind, unitJson } from './unit-json.js';

/** The text of an NDJSON manifest, one unit a line behind a line with the flags, in pieces of about 64 KiB. */
export async function* writeNdjsonManifest(
  units: UnitsByKind,
  flags: Partial<ManifestFlags> = {},
): AsyncGenerator<string, void, undefined> {
  let text = flagsLine(flags);
  for (const kind of unitKindNames) {
    const source = units[kind];
    if (source === undefined) continue;
    const head = { type: typeName(kind) };
    for await (const unit of source) {
      text += `${unitJson(kind, unit, head)}\n`;
      if (text.length >= BATCH_SIZE) {
        yield text;
        text = '';
      }
    }
  }
  if (text !== '') yield text;
}

/** The line with the flags that are given; empty if there are none. */
export function flagsLine(flags: Partial<ManifestFlags>): string {
  const members = flagMembers(flags);
  return members.length === 0 ? '' : `{${members.join(', ')}}\n`;
}

/** What one unit is called: the singular among the names of its array, which is the shortest. */
export const typeName = (kind: UnitKind): string =>
  unitKinds[kind].keys.reduce<string>(
    (shortest, key) => (key.length < shortest.length ? key : shortest),
    unitKinds[kind].keys[0],
  );
