import { writeCsvManifest } from '@latchkey/manifest/write/write-csv';
import { writeJsonManifest } from '@latchkey/manifest/write/write-json';
import { writeNdjsonManifest } from '@latchkey/manifest/write/write-ndjson';
import type { MeasureFinding, MeasureTotals } from '@latchkey/measuring/measure-objects';
import type { ObjectStore } from '@latchkey/object-store/object-store';
import { manifestTypeOf } from '@latchkey/sdk/manifest-type';
import { CommandError } from '../command-error.js';
import type { CommandContext } from '../context.js';
import { exitCodes } from '../exit-codes.js';
import { textOf } from '../measure/measure-progress.js';
import { MeasurementJournal } from '../measure/measurement-journal.js';
import { checkIsNewFile } from '../write-download.js';
import { writeWhole } from '../write-whole.js';
import type { FileKinds } from './file-kinds.js';
import { createKeyFilter, type KeyFilter } from './key-filter.js';
import { listFiles } from './list-files.js';
import { unitsOf } from './listed-units.js';
import { findMeasured, measureListed } from './measure-listed.js';
import { filesOf, type ScanCounts } from './scan-counts.js';
import { ScanJournal } from './scan-journal.js';
import { createScanProgress, type ScanProgress } from './scan-progress.js';

export interface ScanRequest {
  readonly uri: string;
  readonly out: string;
  readonly filter: KeyFilter;
  /** As given, and what they mean. */
  readonly kindRules: readonly string[];
  readonly kinds: FileKinds;
  readonly urlOf: (key: string) => Promise<string>;
  readonly measure: boolean;
  readonly concurrency: number;
  readonly maxFindings: number;
}

export interface ScanResult {
  readonly counts: ScanCounts;
  /** Null: nothing was to be measured. */
  readonly totals: MeasureTotals | null;
  /** The first ones. */
  readonly findings: readonly MeasureFinding[];
  readonly findingCount: number;
}

type Measured = Omit<ScanResult, 'counts'>;

const number = new Intl.NumberFormat('en');

/**
 * Lists a store, measures what it has if that is wanted, and writes its manifest. An interrupted scan leaves what it
 * has found beside `out`, and goes on from there when it is run again; URLs are signed last, all in one go.
 */
export async function scanStore(
  store: ObjectStore,
  request: ScanRequest,
  context: CommandContext,
): Promise<ScanResult> {
  const { uri, out, filter, kindRules } = request;
  const journal = await ScanJournal.open(`${out}.scan`, { uri, ...filter, kindRules });
  const measurements = request.measure ? await MeasurementJournal.open(`${out}.measured`) : null;
  const progress = createScanProgress(context);
  try {
    const counts = await list(store, journal, request, context, progress);
    if (filesOf(counts) === 0) throw nothingFound(uri, counts);
    const measured = await measure(store, journal, measurements, request, context, progress);
    progress.show('writing');
    await write(store, journal, measurements, counts, request, context);
    await journal.remove();
    await measurements?.remove();
    return { counts, ...measured };
  } catch (error) {
    const isNothingFound = error instanceof CommandError && error.code === 'nothing_found';
    // What has found nothing is not gone on with, and must not stand in the way of another scan.
    const isWorthless = isNothingFound || journal.mark === null;
    await (isWorthless ? journal.remove() : journal.close());
    await (isWorthless && measurements?.size === 0 ? measurements.remove() : measurements?.close());
    if (!context.signal.aborted) throw error;
    throw interrupted(journal.mark?.counts ?? null, error);
  } finally {
    progress.stop();
  }
}

function list(
  store: ObjectStore,
  journal: ScanJournal,
  { filter, kinds }: ScanRequest,
  { signal }: CommandContext,
  progress: ScanProgress,
): Promise<ScanCounts> {
  return listFiles(store, journal, {
    kinds,
    isWanted: createKeyFilter(filter),
    signal,
    onProgress: (counts) => progress.show(`${number.format(counts.listed)} listed`),
  });
}

async function measure(
  store: ObjectStore,
  journal: ScanJournal,
  measurements: MeasurementJournal | null,
  { concurrency, maxFindings }: ScanRequest,
  { signal }: CommandContext,
  progress: ScanProgress,
): Promise<Measured> {
  const findings: MeasureFinding[] = [];
  let findingCount = 0;
  if (measurements === null) return { totals: null, findings, findingCount };
  const totals = await measureListed(store, journal, {
    measurements,
    concurrency,
    signal,
    onProgress: (sofar) => progress.show(textOf(sofar)),
    onFinding: (finding) => {
      findingCount += 1;
      if (findings.length < maxFindings) findings.push(finding);
    },
  });
  return { totals, findings, findingCount };
}

async function write(
  store: ObjectStore,
  journal: ScanJournal,
  measurements: MeasurementJournal | null,
  counts: ScanCounts,
  { out, urlOf }: ScanRequest,
  { signal }: CommandContext,
): Promise<void> {
  const units = unitsOf({
    journal,
    counts,
    urlOf,
    measured: async (files) => (measurements ? findMeasured(store, measurements, files) : new Map()),
    signal,
  });
  await writeWhole(out, async (writeText) => {
    for await (const text of writers[formOf(out)](units)) await writeText(text);
    return { result: undefined, isWhole: true };
  });
}

const writers = {
  'application/json': writeJsonManifest,
  'application/x-ndjson': writeNdjsonManifest,
  'text/csv': writeCsvManifest,
} as const;

/** @throws CommandError `invalid_option`, `file_exists` */
export function checkScanOut(out: string): void {
  formOf(out);
  checkIsNewFile(out);
}

function formOf(out: string): keyof typeof writers {
  const type = manifestTypeOf(out);
  const isTsv = out.toLowerCase().endsWith('.tsv');
  if (type && type.contentEncoding === undefined && !isTsv) return type.contentType;
  throw new CommandError(
    'invalid_option',
    `The manifest cannot be written as ${out}.`,
    'Name a file that ends in .json, .ndjson, .jsonl or .csv.',
  );
}

function nothingFound(uri: string, { listed }: ScanCounts): CommandError {
  const found = listed === 0 ? 'no object' : `${number.format(listed)} objects and none to write`;
  return new CommandError(
    'nothing_found',
    `There is ${found} below ${uri}.`,
    listed === 0
      ? 'Check the prefix: it is taken as it is, and a folder ends with a slash.'
      : 'See --include, --exclude, and --kind for files whose extension does not tell what they are.',
  );
}

function interrupted(counts: ScanCounts | null, cause: unknown): CommandError {
  return new CommandError(
    'interrupted',
    `Interrupted. What was found so far (${number.format(counts?.listed ?? 0)} objects listed) is kept.`,
    'Run the same command again to go on.',
    { exitCode: exitCodes.interrupted, cause },
  );
}
