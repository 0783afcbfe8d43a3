import { LatchkeyError } from '@latchkey/contract/errors';
import { type UnitKind, unitKinds } from '@latchkey/contract/kinds';
import type { ManifestFlags } from '../scan/manifest-keys.js';
import { ByteBatch } from './byte-batch.js';
import { BATCH_SIZE, flagMembers } from './unit-json.js';
import { flagsLine } from './write-ndjson.js';

/** Elements as `pickElements` gives them; `kind` is null for lines of NDJSON. */
export interface PickedElements {
  kind: UnitKind | null;
  elements: readonly Uint8Array[];
}

export type PickedGroups = Iterable<PickedElements> | AsyncIterable<PickedElements>;

/**
 * The bytes of a JSON manifest with just these elements, one after the other, in pieces of about 64 KiB. Groups come
 * ordered by kind: throws if a kind comes back, as few readers take an array that is there twice.
 */
export async function* writePickedJson(
  groups: PickedGroups,
  flags: ManifestFlags,
): AsyncGenerator<Uint8Array, void, undefined> {
  const batch = new ByteBatch();
  const written = new Set<UnitKind>();
  let open: UnitKind | null = null;
  batch.add('{');
  for await (const { kind, elements } of groups) {
    if (elements.length === 0) continue;
    let separator = ',\n    ';
    if (kind === null || kind !== open) {
      batch.add(`${open === null ? '' : '\n  ],'}\n  ${arrayKey(kind, written)}: [`);
      open = kind;
      separator = '\n    ';
    }
    for (const element of elements) {
      batch.add(separator);
      batch.add(element);
      separator = ',\n    ';
      if (batch.length >= BATCH_SIZE) yield batch.take();
    }
  }
  const members = flagMembers(flags).map((member) => `\n  ${member}`);
  batch.add(`${open === null ? '' : '\n  ],'}${members.join(',')}\n}\n`);
  yield batch.take();
}

/**
 * The bytes of an NDJSON manifest with just these lines. The flags always come first: a line that is broken is only
 * taken as a unit behind them.
 */
export async function* writePickedNdjson(
  groups: PickedGroups,
  flags: ManifestFlags,
): AsyncGenerator<Uint8Array, void, undefined> {
  const batch = new ByteBatch();
  batch.add(flagsLine(flags));
  for await (const { elements } of groups) {
    for (const element of elements) {
      batch.add(element);
      batch.add('\n');
      if (batch.length >= BATCH_SIZE) yield batch.take();
    }
  }
  if (batch.length > 0) yield batch.take();
}

function arrayKey(kind: UnitKind | null, written: Set<UnitKind>): string {
  if (kind === null)
    throw new LatchkeyError('internal_error', 'Lines of NDJSON cannot go into a JSON manifest.');
  if (written.has(kind))
    throw new LatchkeyError('internal_error', `The elements of "${kind}" must be written together.`);
  written.add(kind);
  return JSON.stringify(unitKinds[kind].keys[0]);
}
