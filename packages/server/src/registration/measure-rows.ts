import type { MediaMetadata } from '@latchkey/contract/schemas/media-metadata';
import { getIntegration } from '@latchkey/db/integrations/reader';
import {
  type ClaimedPart,
  type MeasuringProgress,
  setMeasuringProgress,
} from '@latchkey/db/upload-jobs/parts-writer';
import { isCancelRequested } from '@latchkey/db/upload-jobs/reader';
import { ProbeError } from '@latchkey/probe/probe-error';
import type { AppContext } from '../context.js';
import type { Measurer } from '../measuring/measurer.js';
import { RulesChangedError } from './commit.js';
import { CancelRequestedError, NoSeatError, StoppingError } from './interruptions.js';
import type { RegistrationTarget } from './registration-target.js';
import type { MeasuredRow, MeasuredRows, UnmeasuredRow } from './unmeasured.js';

/** How a part gives its slot to others while it waits for the storage. */
export type Outside = <Result>(work: () => Promise<Result>) => Promise<Result>;

/** A part whose objects take longer together fails with what is left: other parts are waiting. */
const partMs = 15 * 60_000;
const lookMs = 2_000;
/** What is measured of a part is held in memory: beyond `partBytes` only small metadata is taken. */
const partBytes = 64 * 1024 * 1024;
const objectBytes = 1024 * 1024;
const smallBytes = 16 * 1024;

/**
 * Measures objects, some at a time. What cannot be measured is an outcome of its row, not an error; the error is that
 * the part has to be left: a cancel, a switch to strict client-only access, the end of the server, or no seat.
 */
export async function measureRows(
  context: AppContext,
  target: RegistrationTarget,
  claimed: ClaimedPart,
  rows: readonly UnmeasuredRow[],
  outside: Outside,
): Promise<MeasuredRows> {
  const { measurer } = context;
  if (rows.length === 0 || !measurer) return new Map();
  const reason = await reasonToLeave(context, target);
  if (reason) throw reason;
  const leaveSeat = measurer.takeSeat(target.jobId);
  if (!leaveSeat) throw new NoSeatError('Too many parts are being measured.');
  const leaving = new AbortController();
  const ended = new AbortController();
  const measurement = new RowsMeasurement(measurer, rows, leaving.signal);
  const look = new PartLook(context, target, claimed, measurement);
  const watch = leaveWhenAsked(context, look, leaving, ended.signal);
  try {
    return await outside(() => measurement.run());
  } finally {
    ended.abort();
    leaveSeat();
    await watch;
  }
}

/** Aborts with the reason when the part has to be left; returns once `ended` is aborted. */
async function leaveWhenAsked(
  context: AppContext,
  look: PartLook,
  leaving: AbortController,
  ended: AbortSignal,
): Promise<void> {
  const { jobId } = look;
  const either = AbortSignal.any([context.stopping, ended]);
  while (!either.aborted) {
    await context.jobEvents.waitForInterruption(jobId, lookMs, either);
    if (either.aborted) break;
    const reason = await look.take().catch((error: unknown) => {
      context.log.warn({ err: error, jobId }, 'whether to go on measuring could not be read');
      return null;
    });
    if (reason) {
      leaving.abort(reason);
      return;
    }
  }
  if (context.stopping.aborted) leaving.abort(new StoppingError('The server stops.'));
}

/** What is looked after while a part is measured: whether to go on, and how far it is. */
class PartLook {
  readonly jobId: string;
  readonly #context: AppContext;
  readonly #target: RegistrationTarget;
  readonly #claimed: ClaimedPart;
  readonly #measurement: RowsMeasurement;
  #shown = 0;

  constructor(
    context: AppContext,
    target: RegistrationTarget,
    claimed: ClaimedPart,
    measurement: RowsMeasurement,
  ) {
    this.jobId = target.jobId;
    this.#context = context;
    this.#target = target;
    this.#claimed = claimed;
    this.#measurement = measurement;
  }

  /** Answers why the part has to be left; writes how far it is only where there is something new. */
  async take(): Promise<Error | null> {
    const reason = await reasonToLeave(this.#context, this.#target);
    if (reason) return reason;
    const progress = this.#measurement.progress();
    const settled = progress.measured + progress.unmeasurable;
    if (settled === this.#shown) return null;
    await setMeasuringProgress(this.#context.db, this.#claimed, progress);
    this.#shown = settled;
    this.#context.jobEvents.moved(this.jobId);
    return null;
  }
}

/** Under strict client-only access nothing may be measured, from the moment of the switch on. */
async function reasonToLeave(
  { db }: AppContext,
  { jobId, integrationId, createdBy }: RegistrationTarget,
): Promise<Error | null> {
  if (await isCancelRequested(db, jobId)) return new CancelRequestedError();
  const integration = await getIntegration(db, integrationId, createdBy);
  return integration?.strict_client_only ? new RulesChangedError('The integration became strict.') : null;
}

class RowsMeasurement {
  readonly #measurer: Measurer;
  readonly #rows: readonly UnmeasuredRow[];
  readonly #signal: AbortSignal;
  readonly #late = performance.now() + partMs;
  readonly #failures = new Map<number, MeasuredRow & { readonly ok: false }>();
  readonly #metadata = new Map<number, MediaMetadata[]>();
  /** Objects that each row still waits for; one that failed waits for ever. */
  readonly #waiting: Map<number, number>;
  #measured = 0;
  #bytes = 0;

  constructor(measurer: Measurer, rows: readonly UnmeasuredRow[], signal: AbortSignal) {
    this.#measurer = measurer;
    this.#rows = rows;
    this.#signal = signal;
    this.#waiting = new Map(rows.map(({ row, objects }) => [row, objects.length]));
  }

  progress(): MeasuringProgress {
    return { toMeasure: this.#rows.length, measured: this.#measured, unmeasurable: this.#failures.size };
  }

  async run(): Promise<MeasuredRows> {
    const objects = this.#objects();
    const turn = async (): Promise<void> => {
      for (const { row, index } of objects) if (!this.#failures.has(row.row)) await this.#measure(row, index);
    };
    const turns = Array.from({ length: this.#measurer.objectsAtOnce }, turn);
    // All have to come to their end before the seat is left.
    for (const end of await Promise.allSettled(turns)) if (end.status === 'rejected') throw end.reason;
    return new Map(
      this.#rows.map(({ row }) => [
        row,
        this.#failures.get(row) ?? { ok: true, metadata: this.#metadata.get(row) ?? [] },
      ]),
    );
  }

  *#objects(): Generator<{ row: UnmeasuredRow; index: number }> {
    for (const row of this.#rows) for (const index of row.objects.keys()) yield { row, index };
  }

  async #measure({ row, objects }: UnmeasuredRow, index: number): Promise<void> {
    this.#signal.throwIfAborted();
    const object = objects[index];
    if (!object) return;
    try {
      if (performance.now() > this.#late) throw tooLate();
      const metadata = await this.#measurer.measure(object.kind, object.url, this.#signal);
      this.#keep(row, index, metadata);
    } catch (error) {
      if (!(error instanceof ProbeError)) throw error;
      const { code, message } = error;
      const before = this.#failures.get(row);
      if (!before || index < before.object)
        this.#failures.set(row, { ok: false, object: index, code, message });
    }
  }

  #keep(row: number, index: number, metadata: MediaMetadata): void {
    const bytes = JSON.stringify(metadata).length;
    if (bytes > objectBytes || (bytes > smallBytes && this.#bytes + bytes > partBytes))
      throw new ProbeError(
        'too_many_bytes',
        `What the object says of itself has ${bytes} bytes, which is too much.`,
      );
    this.#bytes += bytes;
    const ofRow = this.#metadata.get(row) ?? [];
    ofRow[index] = metadata;
    this.#metadata.set(row, ofRow);
    const waiting = (this.#waiting.get(row) ?? 0) - 1;
    this.#waiting.set(row, waiting);
    if (waiting === 0) this.#measured += 1;
  }
}

const tooLate = (): ProbeError =>
  new ProbeError(
    'timed_out',
    `The storage is too slow: the units beside this one could not be measured within ${partMs / 60_000} minutes.`,
  );
