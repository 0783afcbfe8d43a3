import type { ManifestLimits } from '@latchkey/contract/limits';
import { convertCsv } from '../csv/convert-csv.js';
import { CsvConverter } from '../csv/csv-converter.js';
import { type ManifestPiece, ManifestPieces } from '../manifest-pieces.js';
import { readPart } from '../read/read-part.js';
import type { Unit, UnitError } from '../read/unit.js';
import type { ManifestForm } from '../scan/manifest-events.js';
import { noFlags } from '../scan/manifest-keys.js';
import { type MeasurableObject, objectsOf } from './unit-objects.js';

export interface ReadOptions {
  /** A bare JSON manifest, unless said otherwise. */
  readonly form?: ManifestForm | 'csv';
  readonly allowedHosts?: readonly string[];
  readonly limits?: ManifestLimits;
}

/** The units of one part of a manifest, with the objects that can be measured. */
export interface ObjectBatch {
  readonly units: readonly { readonly unit: Unit; readonly objects: readonly MeasurableObject[] }[];
  /** Units that would fail whatever is measured. */
  readonly errors: readonly UnitError[];
}

/** The pieces of a manifest; a CSV comes as the NDJSON that it means. Throws `LatchkeyError` for what is none. */
export async function* manifestPieces(
  stream: AsyncIterable<Uint8Array>,
  { form = 'manifest', limits }: ReadOptions,
): AsyncGenerator<ManifestPiece> {
  const csv = form === 'csv' ? new CsvConverter(noFlags, limits?.manifestElementBytes) : null;
  const pieces = new ManifestPieces({ form: form === 'csv' ? 'ndjson' : form, limits });
  for await (const chunk of csv ? convertCsv(stream, csv) : stream) yield* pieces.push(chunk);
  yield* pieces.end().pieces;
}

/** What of a manifest can be measured, part by part, in the same memory whatever its size. */
export async function* readObjects(
  stream: AsyncIterable<Uint8Array>,
  options: ReadOptions = {},
): AsyncGenerator<ObjectBatch> {
  for await (const { part, bytes } of manifestPieces(stream, options)) {
    if (!part) continue;
    const { results } = readPart(bytes, part, looseRules(options));
    yield {
      units: results.flatMap((result) =>
        result.ok ? [{ unit: result.unit, objects: objectsOf(result.unit) }] : [],
      ),
      errors: results.flatMap((result) => (result.ok ? [] : [result.error])),
    };
  }
}

/** Metadata may be missing. Whether the integration has a signer is for the registration to say. */
export const looseRules = ({ allowedHosts = [], limits }: ReadOptions) => ({
  strict: false,
  hasSigner: true,
  allowedHosts,
  ...(limits && { limits }),
});
