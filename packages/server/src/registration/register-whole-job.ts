import type { Executor } from '@latchkey/db/engine/executor';
import type { NewPart } from '@latchkey/db/upload-jobs/parts';
import { getMeasured, listParts } from '@latchkey/db/upload-jobs/parts-reader';
import { type ClaimedPart, finishPart } from '@latchkey/db/upload-jobs/parts-writer';
import { isCancelRequested } from '@latchkey/db/upload-jobs/reader';
import type { Progress } from '@latchkey/db/upload-jobs/writer';
import type { AppContext } from '../context.js';
import { lockTarget, type RegistrationRules } from './commit.js';
import { CancelRequestedError, CheckOutdatedError, OvertakenError, StoppingError } from './interruptions.js';
import { fromStoredMeasured } from './measured-store.js';
import { commitPart, noProgress, toProgress } from './part-commit.js';
import { registerUnits } from './register-units.js';
import type { RegistrationTarget } from './registration-target.js';
import { moveRows, type PartUnits } from './survey-known.js';

/** All or nothing, second pass: every part in one transaction, under the lease of the first part. */
export async function registerWholeJob(
  context: AppContext,
  claimed: ClaimedPart,
  target: RegistrationTarget,
  rules: RegistrationRules,
): Promise<void> {
  const parts = await listParts(context.db, claimed.job_id);
  await commitPart(context, claimed, async (tx) => {
    await lockTarget(tx, target, rules, true);
    const total = { ...noProgress, parts: 1 };
    const prepare = (part: NewPart) => prepareChecked(context, tx, claimed, target, rules, part);
    for await (const [part, units] of preparedAhead(parts, prepare, context.prepareThreads.count + 1)) {
      await mayGoOn(context, tx, claimed.job_id);
      if (units.prepared.errors.length > 0) throw new CheckOutdatedError();
      const outcome = await registerUnits(tx, target, part, units);
      context.prepareThreads.giveBack(units.prepared);
      await finishPart(tx, claimed.job_id, part.part, outcome);
      addUp(total, toProgress(outcome));
    }
    return total;
  });
}

/**
 * Reads a part again, with what the first pass measured. What is known can't be asked before: on the embedded database
 * the transaction has the one connection.
 */
async function prepareChecked(
  { prepareThreads, measurer }: AppContext,
  tx: Executor,
  claimed: ClaimedPart,
  target: RegistrationTarget,
  rules: RegistrationRules,
  part: NewPart,
): Promise<PartUnits> {
  const measures = !rules.strict && measurer !== null;
  const task = {
    spoolKey: claimed.spool_key,
    part,
    csvColumns: claimed.csv_columns,
    rules,
    owner: target,
    surveys: false,
    measures,
  };
  let lacking: ReadonlyMap<number, null> = new Map();
  const prepared = await prepareThreads.prepare(task, async (_, unmeasured) => {
    const measured = fromStoredMeasured(await getMeasured(tx, claimed.job_id, part.part));
    lacking = new Map(unmeasured.filter(({ row }) => !measured.has(row)).map(({ row }) => [row, null]));
    return { chosen: null, measured };
  });
  const mustBeKnown = new Set(moveRows(lacking, prepared).keys());
  return { prepared, known: new Map(), refused: new Set(), mustBeKnown };
}

function addUp(total: { done: number; skipped: number; renewed: number }, one: Progress): void {
  total.done += one.done;
  total.skipped += one.skipped;
  total.renewed += one.renewed;
}

async function mayGoOn(context: AppContext, tx: Executor, jobId: string): Promise<void> {
  if (context.stopping.aborted) throw new StoppingError('The server stops.');
  if (context.jobEvents.isCancelling(jobId)) throw new OvertakenError();
  if (await isCancelRequested(tx, jobId)) throw new CancelRequestedError();
}

/** The parts in their order, with `ahead` of them being prepared while one is committed. */
async function* preparedAhead(
  parts: readonly NewPart[],
  prepare: (part: NewPart) => Promise<PartUnits>,
  ahead: number,
): AsyncGenerator<readonly [NewPart, PartUnits]> {
  const pending: { part: NewPart; prepared: Promise<PartUnits> }[] = [];
  for (const part of parts) {
    const prepared = prepare(part);
    // Thrown where it is awaited, which may be never.
    prepared.catch(() => undefined);
    pending.push({ part, prepared });
    const first = pending.length > ahead ? pending.shift() : undefined;
    if (first) yield [first.part, await first.prepared];
  }
  for (const { part, prepared } of pending) yield [part, await prepared];
}
