import { checkManifest, type ManifestReport } from '@latchkey/manifest/check-manifest';
import type { Command } from 'commander';
import { reportForPrograms, reportLines } from '../check-report.js';
import type { CommandContext } from '../context.js';
import { type ExitCode, exitCodes } from '../exit-codes.js';
import { openManifest } from '../read-file.js';

interface CheckCommandOptions {
  readonly strict: boolean;
  readonly allowedHost: readonly string[];
  readonly json: boolean;
}

const errorsShown = { people: 100, programs: 1000 };

const help = `
Nothing is sent and no URL is opened.

Exit codes:
  0  every unit can be registered
  1  some units would fail
  2  refused: not a manifest, or it cannot be read`;

export function addCheckCommand(
  program: Command,
  context: CommandContext,
  finish: (exitCode: ExitCode) => void,
): void {
  program
    .command('check')
    .description('check a manifest without a server')
    .argument('<manifest>', 'path of the manifest (JSON)')
    .option('--strict', 'as for an integration with strict client-only access', false)
    .option('--allowed-host <host...>', 'as for an integration with these allowed hosts', [])
    .option('--json', 'print one JSON object and nothing else', false)
    .addHelpText('after', help)
    .action(async (path: string, options: CheckCommandOptions) => {
      const rules = { strict: options.strict, allowedHosts: options.allowedHost };
      const report = await checkManifest(openManifest(path), rules, {
        maxErrors: options.json ? errorsShown.programs : errorsShown.people,
        signal: context.signal,
      });
      if (options.json) context.print(JSON.stringify(reportForPrograms(report)));
      else for (const line of reportLines(report)) context.print(line);
      finish(exitCodeOf(report));
    });
}

function exitCodeOf(report: ManifestReport): ExitCode {
  if (report.refusal) return exitCodes.refused;
  return report.errorCount > 0 ? exitCodes.unitsFailed : exitCodes.success;
}
