import { LatchkeyError } from '@latchkey/contract/errors';
import type { UnitKind } from '@latchkey/contract/kinds';
import { convertCsv } from './csv/convert-csv.js';
import { type CsvColumns, csvColumnOf } from './csv/csv-columns.js';
import { CsvConverter } from './csv/csv-converter.js';
import { type ManifestPiece, ManifestPieces } from './manifest-pieces.js';
import { readPart } from './read/read-part.js';
import type { UnitError, UnitErrorCode, UnitResult, UnitRules } from './read/unit.js';
import type { ManifestForm } from './scan/manifest-events.js';
import { noFlags } from './scan/manifest-keys.js';
import type { ManifestOutline, ManifestPart } from './scan/outline.js';
import { WarningList } from './warnings.js';

export interface CheckProgress {
  bytes: number;
  units: number;
  errors: number;
}

export interface CheckOptions {
  /** Default `manifest`. A CSV manifest is checked as the NDJSON that it is converted to. */
  form?: ManifestForm | 'csv';
  /** How many unit errors are kept; default 1000. All are counted. */
  maxErrors?: number;
  /** Called with each unit and each unit error, in the order of the file. */
  onResult?: (result: UnitResult) => void;
  /** Called after each chunk. */
  onProgress?: (progress: CheckProgress) => void;
  signal?: AbortSignal;
}

export interface ManifestReport {
  /** Why the manifest as a whole is refused; null if it can be registered, but for its unit errors. */
  refusal: LatchkeyError | null;
  /** Null if it is refused. Has no parts. */
  outline: ManifestOutline | null;
  /** The first ones, in the order of the file. */
  errors: UnitError[];
  errorCount: number;
  errorsByCode: Partial<Record<UnitErrorCode, number>>;
  /** Units and errors whose kind is known: a line of NDJSON may not say what it is. */
  unitsByKind: Partial<Record<UnitKind, number>>;
  errorsByKind: Partial<Record<UnitKind, number>>;
  /** Of the scan, then of the elements; of each at most `warningLimit`. */
  warnings: ManifestOutline['warnings'];
}

/** Scans and reads a whole manifest in one go, in the same memory whatever its size. Registers and fetches nothing. */
export async function checkManifest(
  stream: AsyncIterable<Uint8Array>,
  rules: UnitRules,
  options: CheckOptions = {},
): Promise<ManifestReport> {
  const { form = 'manifest' } = options;
  const csv = form === 'csv' ? new CsvConverter(noFlags, rules.limits?.manifestElementBytes) : null;
  const tally = new Tally(rules, options.maxErrors ?? 1000, options.onResult, csv?.columns.list);
  const pieces = new ManifestPieces({ form: form === 'csv' ? 'ndjson' : form, limits: rules.limits });
  let bytes = 0;
  try {
    for await (const chunk of csv ? convertCsv(stream, csv) : stream) {
      options.signal?.throwIfAborted();
      tally.readAll(pieces.push(chunk));
      bytes += chunk.length;
      options.onProgress?.({ bytes, units: pieces.unitCount, errors: tally.errorCount });
    }
    const { pieces: last, outline } = pieces.end();
    tally.readAll(last);
    csv?.complete(outline);
    return tally.report(outline, null);
  } catch (error) {
    if (!(error instanceof LatchkeyError)) throw error;
    return tally.report(null, error);
  }
}

class Tally {
  errorCount = 0;
  private readonly errors: UnitError[] = [];
  private readonly byCode: Partial<Record<UnitErrorCode, number>> = {};
  private readonly unitsByKind: Partial<Record<UnitKind, number>> = {};
  private readonly errorsByKind: Partial<Record<UnitKind, number>> = {};
  private readonly elementWarnings = new WarningList();
  private readonly warnedOf = new Set<string>();
  private readonly rules: UnitRules;
  private readonly maxErrors: number;
  private readonly onResult: CheckOptions['onResult'];

  private readonly csvColumns: readonly CsvColumns[] | undefined;

  constructor(
    rules: UnitRules,
    maxErrors: number,
    onResult: CheckOptions['onResult'],
    csvColumns?: readonly CsvColumns[],
  ) {
    this.rules = rules;
    this.maxErrors = maxErrors;
    this.onResult = onResult;
    this.csvColumns = csvColumns;
  }

  readAll(pieces: readonly ManifestPiece[]): void {
    for (const { part, bytes } of pieces) if (part) this.read(bytes, part);
  }

  private read(slice: Uint8Array, part: ManifestPart): void {
    const { results, warnings } = readPart(slice, part, this.rules);
    for (const warning of warnings) {
      const name = `${warning.code} ${warning.place.kind} ${warning.place.field}`;
      if (this.warnedOf.has(name)) continue;
      if (this.warnedOf.size < 1000) this.warnedOf.add(name);
      this.elementWarnings.add(warning);
    }
    for (const result of results) {
      const { kind } = result.ok ? result.unit : result.error;
      if (kind !== null) this.unitsByKind[kind] = (this.unitsByKind[kind] ?? 0) + 1;
      if (!result.ok && this.csvColumns) result.error.column = csvColumnOf(this.csvColumns, result.error);
      if (!result.ok) this.add(result.error);
      this.onResult?.(result);
    }
  }

  report(outline: ManifestOutline | null, refusal: LatchkeyError | null): ManifestReport {
    return {
      refusal,
      outline,
      errors: this.errors,
      errorCount: this.errorCount,
      errorsByCode: this.byCode,
      unitsByKind: this.unitsByKind,
      errorsByKind: this.errorsByKind,
      warnings: [...(outline?.warnings ?? []), ...this.elementWarnings.list()],
    };
  }

  private add(error: UnitError): void {
    this.errorCount++;
    this.byCode[error.code] = (this.byCode[error.code] ?? 0) + 1;
    if (error.kind !== null) this.errorsByKind[error.kind] = (this.errorsByKind[error.kind] ?? 0) + 1;
    if (this.errors.length < this.maxErrors) this.errors.push(error);
  }
}
