import type { AuditVerification } from '@latchkey/contract/schemas/audit';
import type { NotedHead } from '@latchkey/sdk/audit-log';
import { type Command, InvalidArgumentError } from 'commander';
import type { CommandContext } from '../context.js';
import { type ExitCode, exitCodes } from '../exit-codes.js';
import { clientOf, type ServerOptions, withServerOptions } from '../server-options.js';

interface VerifyOptions extends ServerOptions {
  readonly head?: NotedHead;
  readonly json: boolean;
}

const help = `
Each entry is sealed by a hash of itself and of all entries before it. A changed, removed or inserted entry breaks the
chain at its place. Who can write to the database could make a whole new chain: note the head that is printed somewhere
else, and give it back with --head, which the chain must then still hold. See docs/audit.md.

Exit codes: 0 the chain is whole, 1 it is broken, 2 refused, 3 the server could not be reached.`;

export function addAuditVerify(
  parent: Command,
  context: CommandContext,
  finish: (exitCode: ExitCode) => void,
): void {
  const command = parent
    .command('verify')
    .description('check that no entry was changed, removed or inserted')
    .option('--head <position:hash>', 'a head that was noted before', readHead)
    .option('--json', 'print one JSON object', false)
    .addHelpText('after', help);
  withServerOptions(command).action(async (options: VerifyOptions) => {
    finish(await verify(options, context));
  });
}

function readHead(text: string): NotedHead {
  const [, position, hash] = /^([1-9]\d{0,14}):([0-9a-f]{64})$/i.exec(text) ?? [];
  if (position !== undefined && hash !== undefined)
    return { position: Number(position), hash: hash.toLowerCase() };
  throw new InvalidArgumentError('Give it as it was printed: a position, a colon and 64 hexadecimal digits.');
}

async function verify(options: VerifyOptions, context: CommandContext): Promise<ExitCode> {
  const result = await clientOf(options, context).auditLog.verify(options.head);
  if (options.json) context.print(JSON.stringify(result));
  else for (const line of verificationLines(result)) context.print(line);
  return result.isWhole ? exitCodes.success : exitCodes.logBroken;
}

function verificationLines({
  entriesChecked,
  entriesUnsealed,
  removedThrough,
  head,
  problem,
}: AuditVerification): string[] {
  const removed =
    removedThrough > 0 ? [`Retention has removed the entries up to position ${removedThrough}.`] : [];
  const waiting = entriesUnsealed > 0 ? [`${entriesUnsealed} entries are too new to be sealed.`] : [];
  if (problem)
    return [
      `The audit log is broken: ${problem.kind}. ${problem.message}`,
      ...(problem.entryUuid === null ? [] : [`Entry ${problem.entryUuid}.`]),
      `${entriesChecked} entries before it are whole.`,
      ...removed,
    ];
  return [
    `The audit log is whole: ${entriesChecked} entries checked.`,
    ...waiting,
    ...removed,
    ...(head === null ? [] : [`Head: ${head.position}:${head.hash}`]),
  ];
}
