import { limits } from '@latchkey/contract/limits';
import { type UnitOutcome, unitOutcomes } from '@latchkey/contract/schemas/upload-job';
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { CommandContext } from '../context.js';
import { unitHeader, unitLine } from '../registration/unit-line.js';
import { addJobAction, folderOf, type JobTarget } from './job-target.js';

interface UnitsOptions extends JobTarget {
  readonly outcome?: readonly UnitOutcome[];
  readonly limit?: number;
  readonly json: boolean;
}

const help = `
Positions count from 0 through the whole manifest. URLs are shown without their signatures.

Examples:
  latchkey job units <job> --folder <uuid> --outcome error cancelled
  latchkey job units <job> --folder <uuid> --outcome created --json | jq -r .itemUuid`;

export function addJobUnits(parent: Command, context: CommandContext): void {
  addJobAction<UnitsOptions>(
    parent,
    'units',
    'list what became of each unit, in the order of the manifest',
    (uuid, options) => listUnits(uuid, options, context),
  )
    .addOption(new Option('--outcome <outcome...>', 'only these').choices(unitOutcomes))
    .option('--limit <n>', 'at most so many', readLimit)
    .option('--json', 'print one JSON object a line', false)
    .addHelpText('after', help);
}

function readLimit(text: string): number {
  if (/^[1-9]\d*$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Give a whole number from 1.');
}

async function listUnits(jobUuid: string, options: UnitsOptions, context: CommandContext): Promise<void> {
  const folder = await folderOf(options, context);
  let left = options.limit ?? Number.POSITIVE_INFINITY;
  const units = folder.listUnitResults(jobUuid, {
    ...(options.outcome && { outcomes: options.outcome }),
    pageSize: Math.min(left, limits.pageSizeMax),
  });
  let isFirst = !options.json;
  for await (const unit of units) {
    context.signal.throwIfAborted();
    if (isFirst) await context.write(`${unitHeader}\n`);
    isFirst = false;
    await context.write(`${options.json ? JSON.stringify(unit) : unitLine(unit)}\n`);
    left -= 1;
    if (left === 0) return;
  }
  if (isFirst) context.note('There is no such unit.');
}
