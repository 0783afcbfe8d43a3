import { LatchkeyError } from '@latchkey/contract/errors';
import type { UnitKind } from '@latchkey/contract/kinds';
import { rowProblemKey } from '../read/row-problem.js';
import { isObject } from '../read/unit.js';
import { findUnitType } from '../read/unit-types.js';
import { ByteBatch } from './byte-batch.js';
import { CsvWriter } from './csv-writer.js';
import { BATCH_SIZE } from './unit-json.js';
import type { PickedGroups } from './write-picked.js';

const decoder = new TextDecoder();

/**
 * The bytes of a CSV manifest with just these lines of the NDJSON that a CSV was kept as: a row that could not be read
 * comes under its own headings, as it was.
 */
export async function* writePickedCsv(groups: PickedGroups): AsyncGenerator<Uint8Array, void, undefined> {
  const batch = new ByteBatch();
  const writer = new CsvWriter();
  // Without the mark Excel takes the file for another encoding, and saves it back so.
  batch.add('\ufeff');
  for await (const { elements } of groups) {
    for (const bytes of elements) {
      batch.add(textOf(JSON.parse(decoder.decode(bytes)), writer));
      if (batch.length >= BATCH_SIZE) yield batch.take();
    }
  }
  if (batch.length > 0) yield batch.take();
}

function textOf(line: unknown, writer: CsvWriter): string {
  if (!isObject(line)) throw new LatchkeyError('internal_error', 'A line of a CSV manifest is no object.');
  const { headings, cells } = line;
  if (line[rowProblemKey] !== undefined) return writer.asItWas(headings as string[], cells as string[]);
  const kind: UnitKind | null = findUnitType(line['type']) ?? null;
  return writer.element(line, kind);
}
