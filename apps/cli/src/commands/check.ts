import { limits as defaultLimits } from '@latchkey/contract/limits';
import { checkManifest, type ManifestReport } from '@latchkey/manifest/check-manifest';
import type { UnitRules } from '@latchkey/manifest/read/unit';
import type { Command } from 'commander';
import { reportForPrograms, reportLines } from '../check-report.js';
import type { CommandContext } from '../context.js';
import { type ExitCode, exitCodes } from '../exit-codes.js';
import { checkIsReadableManifest, openManifest } from '../read-file.js';
import { clientOf, type ServerOptions, withServerOptions } from '../server-options.js';

interface CheckCommandOptions extends ServerOptions {
  readonly strict: boolean;
  readonly allowedHost: readonly string[];
  readonly allowExpiredUrls: boolean;
  readonly json: boolean;
}

const errorsShown = { people: 100, programs: 1000 };

const help = `
Nothing of the manifest is sent and no URL of it is opened. Without --url no server is asked at all, and the limits are
those that a server has by default.

Exit codes:
  0  every unit can be registered
  1  some units would fail
  2  refused: not a manifest, or it cannot be read
  3  the server of --url could not be reached`;

export function addCheckCommand(
  program: Command,
  context: CommandContext,
  finish: (exitCode: ExitCode) => void,
): void {
  const command = program
    .command('check')
    .description('check a manifest without sending it')
    .argument(
      '<manifest>',
      'path of the manifest (JSON; NDJSON as .ndjson or .jsonl; CSV as .csv or .tsv; packed as .gz)',
    )
    .option('--strict', 'as for an integration with strict client-only access', false)
    .option('--allowed-host <host...>', 'as for an integration with these allowed hosts', [])
    .option('--allow-expired-urls', 'take URLs that are dead already, as the flag in a manifest does', false)
    .option('--json', 'print one JSON object and nothing else', false)
    .addHelpText('after', help);
  const withUrl = withServerOptions(command, 'check with the limits of the server at this address');
  withUrl.action(async (path: string, options: CheckCommandOptions) => {
    const report = await check(path, options, context);
    if (options.json) context.print(JSON.stringify(reportForPrograms(report)));
    else for (const line of reportLines(report)) context.print(line);
    finish(exitCodeOf(report));
  });
}

async function check(
  path: string,
  options: CheckCommandOptions,
  context: CommandContext,
): Promise<ManifestReport> {
  checkIsReadableManifest(path);
  const limits = options.url ? await clientOf(options, context).getLimits() : defaultLimits;
  const rules = { strict: options.strict, allowedHosts: options.allowedHost, limits };
  const read = (checked: UnitRules) => {
    const { form, content } = openManifest(path, limits.manifestBytes);
    return checkManifest(content, checked, {
      form,
      maxErrors: options.json ? errorsShown.programs : errorsShown.people,
      signal: context.signal,
    });
  };
  if (options.allowExpiredUrls) return read(rules);
  const report = await read({ ...rules, expiredAt: Date.now() });
  // The flag may stand behind the units: only the end of the manifest tells.
  const isAllowed = report.outline?.flags.allowExpiredUrls && report.errorsByCode.url_expired;
  return isAllowed ? read(rules) : report;
}

function exitCodeOf(report: ManifestReport): ExitCode {
  if (report.refusal) return exitCodes.refused;
  return report.errorCount > 0 ? exitCodes.unitsFailed : exitCodes.success;
}
