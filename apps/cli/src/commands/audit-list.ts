import { limits } from '@latchkey/contract/limits';
import type { AuditEntry } from '@latchkey/contract/schemas/audit';
import { type Command, InvalidArgumentError } from 'commander';
import type { CommandContext } from '../context.js';
import { clientOf } from '../server-options.js';
import { type AuditFilterOptions, filtersOf, withAuditFilters } from './audit-filters.js';

interface ListOptions extends AuditFilterOptions {
  readonly limit: number;
  readonly json: boolean;
}

const shownByDefault = 100;

export function addAuditList(parent: Command, context: CommandContext): void {
  withAuditFilters(parent.command('list').description('list entries, newest first'))
    .option('--limit <n>', 'at most so many', readLimit, shownByDefault)
    .option('--json', 'print one JSON object a line', false)
    .action((options: ListOptions) => list(options, context));
}

function readLimit(text: string): number {
  if (/^[1-9]\d*$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Give a whole number from 1.');
}

async function list(options: ListOptions, context: CommandContext): Promise<void> {
  let left = options.limit;
  const { auditLog } = clientOf(options, context);
  const pageSize = Math.min(left, limits.pageSizeMax);
  for await (const entry of auditLog.list({ ...filtersOf(options), pageSize })) {
    context.signal.throwIfAborted();
    await context.write(`${options.json ? JSON.stringify(entry) : lineOf(entry)}\n`);
    left -= 1;
    if (left === 0) return;
  }
  if (left === options.limit) context.note('There is no such entry.');
}

function lineOf({ at, actor, action, subjectType, subjectUuid, details }: AuditEntry): string {
  const who = actor === null ? '-' : (actor.email ?? actor.uuid);
  const what = subjectUuid === null ? '-' : `${subjectType} ${subjectUuid}`;
  return [at, who, action, what, JSON.stringify(details)].join('  ');
}
