import { unitKindNames, unitKinds } from '@latchkey/contract/kinds';
import type { ManifestFlags } from '../scan/manifest-keys.js';
import { BATCH_SIZE, flagMembers, type UnitsByKind, unitJson } from './unit-json.js';

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
      if (text.length >= BATCH_SIZE) {
        yield text;
        text = '';
      }
    }
    text += elementSeparator === '\n' ? ']' : '\n  ]';
    separator = ',\n';
  }
  for (const member of flagMembers(flags)) {
    text += `${separator}  ${member}`;
    separator = ',\n';
  }
  yield `${text}\n}\n`;
}
