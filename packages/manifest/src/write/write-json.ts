import { LatchkeyError } from '@latchkey/contract/errors';
import { type UnitKind, unitKindNames, unitKinds } from '@latchkey/contract/kinds';
import type { Unit } from '../read/unit.js';
import type { ManifestFlags } from '../scan/manifest-keys.js';

export type WritableUnit = Pick<Unit, 'objectUrl'> &
  Partial<Pick<Unit, 'title' | 'clientMetadata' | 'mediaMetadata'>>;

/** Units by kind: a manifest has one array for each. */
export type UnitsByKind = Partial<Record<UnitKind, Iterable<WritableUnit> | AsyncIterable<WritableUnit>>>;

const BATCH_CHARACTERS = 64 * 1024;
const FLAG_KEYS = { skipDuplicateUrls: 'skip_duplicate_urls', upsertMetadata: 'upsert_metadata' } as const;

/** The text of a JSON manifest, one unit a line, in pieces of about 64 KiB. */
export async function* writeJsonManifest(
  units: UnitsByKind,
  flags: Partial<ManifestFlags> = {},
): AsyncGenerator<string, void, undefined> {
  let text = '{';
  let separator = '\n';
  for (const kind of unitKindNames) {
    const source = units[kind];
    if (source === undefined) continue;
    text += `${separator}  ${JSON.stringify(unitKinds[kind].keys[0])}: [`;
    let elementSeparator = '\n';
    for await (const unit of source) {
      text += `${elementSeparator}    ${unitJson(kind, unit)}`;
      elementSeparator = ',\n';
      if (text.length >= BATCH_CHARACTERS) {
        yield text;
        text = '';
      }
    }
    text += elementSeparator === '\n' ? ']' : '\n  ]';
    separator = ',\n';
  }
  yield `${text}${flagsJson(flags, separator)}\n}\n`;
}

function unitJson(kind: UnitKind, unit: WritableUnit): string {
  const metadata = unitKinds[kind].metadata;
  if (metadata === null)
    throw new LatchkeyError(
      'kind_not_supported',
      `Units of the kind "${kind}" cannot be written by this version.`,
    );
  return JSON.stringify({
    objectUrl: unit.objectUrl,
    title: unit.title ?? undefined,
    [metadata.key]: unit.mediaMetadata ?? undefined,
    clientMetadata: unit.clientMetadata ?? undefined,
  });
}

function flagsJson(flags: Partial<ManifestFlags>, firstSeparator: string): string {
  let separator = firstSeparator;
  let text = '';
  for (const name of ['skipDuplicateUrls', 'upsertMetadata'] as const) {
    if (flags[name] === undefined) continue;
    text += `${separator}  "${FLAG_KEYS[name]}": ${flags[name]}`;
    separator = ',\n';
  }
  return text;
}
