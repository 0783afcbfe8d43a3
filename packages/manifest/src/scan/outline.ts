import type { UnitKind } from '@latchkey/contract/kinds';
import type { ManifestWarning } from '@latchkey/contract/schemas/upload-job';
import type { CsvColumns } from '../csv/csv-columns.js';
import type { ManifestFlags } from './manifest-keys.js';

/** A run of neighbouring elements of one array, or of neighbouring lines of NDJSON, to be read by itself. */
export interface ManifestPart {
  /** Null for NDJSON, where each line names its own. */
  kind: UnitKind | null;
  /** Index of the first element among all elements of this kind (among all lines with a unit for NDJSON), from 0. */
  firstElement: number;
  unitCount: number;
  /** From the first byte of the first element to the byte behind the last. */
  byteStart: number;
  byteEnd: number;
  firstLine: number;
  firstColumn: number;
}

/** What the official client sends around a manifest. */
export interface ManifestEnvelope {
  source: 'externalFiles' | 'dataItems';
  integrationHash: string | null;
  ignoreErrors: boolean;
  fileName: string | null;
}

export interface ManifestOutline {
  /** Empty if an `onPart` took them. */
  parts: ManifestPart[];
  unitCount: number;
  /** Null for NDJSON, whose lines are only told apart when they are read. */
  unitCounts: Record<UnitKind, number> | null;
  flags: ManifestFlags;
  /** Null unless the form is `envelope`. */
  envelope: ManifestEnvelope | null;
  /** At most `warningLimit`; a last one counts those left out. */
  warnings: ManifestWarning[];
  byteLength: number;
  /** Where the fields stood in the CSV that this was made of; null if it was made of none. */
  csvColumns: readonly CsvColumns[] | null;
}
