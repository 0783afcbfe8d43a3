import { unitKindNames } from '@latchkey/contract/kinds';
import { CsvWriter } from './csv-writer.js';
import { BATCH_SIZE, type UnitsByKind, unitElement } from './unit-json.js';
import { typeName } from './write-ndjson.js';

/** The text of a CSV manifest, in pieces of about 64 KiB. A table has no flags: they go with the request. */
export async function* writeCsvManifest(units: UnitsByKind): AsyncGenerator<string, void, undefined> {
  const writer = new CsvWriter();
  let text = '';
  for (const kind of unitKindNames) {
    const source = units[kind];
    if (source === undefined) continue;
    const type = typeName(kind);
    for await (const unit of source) {
      text += writer.element({ type, ...unitElement(kind, unit) }, kind);
      if (text.length < BATCH_SIZE) continue;
      yield text;
      text = '';
    }
  }
  if (text !== '') yield text;
}
