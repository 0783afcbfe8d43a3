import type { CheckResult } from '@latchkey/server/self-check/check-result';
import type { Command } from 'commander';
import type { CommandContext } from '../context.js';
import { type ExitCode, exitCodes } from '../exit-codes.js';

const help = `
The settings are those of the server: run it where the server runs, as its user. Nothing is changed. The embedded
database can be looked into only while no server uses it. "latchkey cors check" looks at a bucket.

Exit codes:
  0  nothing failed (warnings are no failures)
  1  a check failed`;

interface DoctorOptions {
  readonly json: boolean;
}

export function addDoctorCommand(
  program: Command,
  context: CommandContext,
  finish: (exitCode: ExitCode) => void,
): void {
  program
    .command('doctor')
    .description('check configuration, database, secret keys, spool and clock of a server')
    .option('--json', 'print one JSON object and nothing else', false)
    .addHelpText('after', help)
    .action(async ({ json }: DoctorOptions) => {
      const { runSelfCheck } = await import('@latchkey/server/self-check/run-self-check');
      const checks = await runSelfCheck(context.environment);
      if (json) context.print(JSON.stringify({ checks }));
      else for (const line of checks.flatMap(linesOf)) context.print(line);
      if (checks.some(({ state }) => state === 'failure')) finish(exitCodes.checkFailed);
    });
}

const stateWidth = 13;
const nameWidth = 22;

function linesOf({ state, name, message, hint }: CheckResult): string[] {
  const line = `${state.padEnd(stateWidth)}${name.padEnd(nameWidth)}${message}`;
  return hint === null ? [line] : [line, `${' '.repeat(stateWidth + nameWidth)}${hint}`];
}
