import { statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ManifestLimits } from '@latchkey/contract/limits';
import { checkManifest, type ManifestReport } from '@latchkey/manifest/check-manifest';
import { fillManifest } from '@latchkey/manifest/measure/fill-manifest';
import type { UnitRules } from '@latchkey/manifest/read/unit';
import {
  type MeasureFinding,
  type MeasureTotals,
  measureObjects,
  type Verify,
} from '@latchkey/measuring/measure-objects';
import type { ObjectMeasurer } from '@latchkey/measuring/object-measurer';
import { measurerOfOwnMachine } from '@latchkey/measuring/own-machine';
import { manifestTypeOf } from '@latchkey/sdk/manifest-type';
import { CommandError } from '../command-error.js';
import type { CommandContext } from '../context.js';
import { exitCodes } from '../exit-codes.js';
import { openManifest } from '../read-file.js';
import { checkIsNewFile } from '../write-download.js';
import { writeWhole } from '../write-whole.js';
import { createMeasureProgress } from './measure-progress.js';
import { MeasurementJournal } from './measurement-journal.js';

export interface MeasureRequest {
  readonly manifestPath: string;
  readonly rules: UnitRules;
  readonly limits: ManifestLimits;
  /** Measures what lacks metadata. */
  readonly measure: boolean;
  readonly verify: Verify;
  /** Where the manifest goes with what was measured. */
  readonly out: string | null;
  readonly concurrency: number;
  readonly maxErrors: number;
}

export interface MeasuredManifest {
  /** Of the manifest with what was measured. */
  readonly report: ManifestReport;
  readonly totals: MeasureTotals;
  /** The first ones. */
  readonly findings: readonly MeasureFinding[];
  readonly findingCount: number;
}

/**
 * Measures and verifies what a manifest lists, writes it with what was measured, and checks that. An interrupted run
 * leaves what it has measured beside `out`, and goes on when it is run again.
 */
export async function measureManifest(
  request: MeasureRequest,
  context: CommandContext,
): Promise<MeasuredManifest> {
  const place = await placeOfJournal(request.out);
  const journal = await MeasurementJournal.open(place.path);
  const measurer = measurerOfOwnMachine(request.concurrency);
  try {
    const measured = await measureAll(request, journal, measurer, context);
    const report = await writeAndCheck(request, journal, context);
    await journal.remove();
    return { ...measured, report };
  } catch (error) {
    await journal.close();
    if (!context.signal.aborted || request.out === null) throw error;
    throw interrupted(journal.size, error);
  } finally {
    measurer.close();
    await place.leave();
  }
}

/** Beside the file that is written, where the next run finds it; else nowhere that outlives this one. */
async function placeOfJournal(out: string | null): Promise<{ path: string; leave: () => Promise<void> }> {
  if (out !== null) return { path: `${out}.measured`, leave: async () => undefined };
  const directory = await mkdtemp(join(tmpdir(), 'latchkey-'));
  return { path: join(directory, 'measured'), leave: () => rm(directory, { recursive: true, force: true }) };
}

const isCsv = (path: string): boolean => manifestTypeOf(path)?.contentType === 'text/csv';

/** Throws `CommandError` for a file that the measured manifest cannot be written to. */
export function checkOut(out: string, manifestPath: string): void {
  checkIsNewFile(out);
  const type = manifestTypeOf(out);
  const expected = manifestTypeOf(manifestPath)?.contentType;
  const wanted = expected === 'text/csv' ? 'application/x-ndjson' : (expected ?? 'application/json');
  if (type?.contentType === wanted && type.contentEncoding === undefined) return;
  const name = wanted === 'application/json' ? '.json' : '.ndjson';
  throw new CommandError(
    'invalid_option',
    `The measured manifest cannot be written as ${out}.`,
    isCsv(manifestPath)
      ? 'A table is written as NDJSON: name a file that ends in .ndjson.'
      : `It is written in the form that it has, not packed: name a file that ends in ${name}.`,
  );
}

async function measureAll(
  { manifestPath, limits, rules, measure, verify, concurrency, maxErrors }: MeasureRequest,
  journal: MeasurementJournal,
  measurer: ObjectMeasurer,
  context: CommandContext,
): Promise<Omit<MeasuredManifest, 'report'>> {
  const { form, content } = openManifest(manifestPath, limits.manifestBytes);
  const findings: MeasureFinding[] = [];
  let findingCount = 0;
  const isPacked = manifestTypeOf(manifestPath)?.contentEncoding !== undefined;
  const progress = createMeasureProgress(context, isPacked ? null : statSync(manifestPath).size);
  try {
    const totals = await measureObjects(progress.reading(content), {
      form,
      ...rules,
      measure: (kind, url, signal) => measurer.measure(kind, url, signal),
      measurements: measure ? journal : null,
      verify,
      concurrency,
      signal: context.signal,
      onProgress: progress.update,
      onFinding: (finding) => {
        findingCount += 1;
        if (findings.length < maxErrors) findings.push(finding);
      },
    });
    return { totals, findings, findingCount };
  } finally {
    progress.stop();
  }
}

/** The second time through the manifest. */
async function writeAndCheck(
  { manifestPath, limits, rules, out, maxErrors }: MeasureRequest,
  journal: MeasurementJournal,
  { signal }: CommandContext,
): Promise<ManifestReport> {
  const { form, content } = openManifest(manifestPath, limits.manifestBytes);
  const filled = fillManifest(content, (keys) => journal.find(keys), { form, ...rules });
  const options = { form: form === 'csv' ? 'ndjson' : form, maxErrors, signal } as const;
  if (out === null) return checkManifest(filled, rules, options);
  return writeWhole(out, async (write) => {
    const report = await checkManifest(written(filled, write), rules, options);
    return { result: report, isWhole: report.refusal === null };
  });
}

async function* written(
  chunks: AsyncIterable<Uint8Array>,
  write: (chunk: Uint8Array) => Promise<void>,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    await write(chunk);
    yield chunk;
  }
}

function interrupted(measured: number, cause: unknown): CommandError {
  return new CommandError(
    'interrupted',
    `Interrupted. What was measured (${measured} ${measured === 1 ? 'object' : 'objects'}) is kept.`,
    'Run the same command again to go on.',
    { exitCode: exitCodes.interrupted, cause },
  );
}
