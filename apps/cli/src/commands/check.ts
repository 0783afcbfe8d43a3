import { limits as defaultLimits, type ManifestLimits } from '@latchkey/contract/limits';
import { checkManifest, type ManifestReport } from '@latchkey/manifest/check-manifest';
import type { UnitRules } from '@latchkey/manifest/read/unit';
import type { Command } from 'commander';
import { reportForPrograms, reportLines } from '../check-report.js';
import { CommandError } from '../command-error.js';
import type { CommandContext } from '../context.js';
import { type ExitCode, exitCodes } from '../exit-codes.js';
import { gatewayFlag, gatewaysOf } from '../gateway-option.js';
import { checkOut, type MeasuredManifest, measureManifest } from '../measure/measure-manifest.js';
import { measuringForPrograms, measuringLines } from '../measure/measure-report.js';
import { readCount } from '../read-count.js';
import { checkIsReadableManifest, openManifest } from '../read-file.js';
import { clientOf, type ServerOptions, withServerOptions } from '../server-options.js';

interface CheckCommandOptions extends ServerOptions {
  readonly strict: boolean;
  readonly allowedHost: readonly string[];
  readonly gateway: readonly string[];
  readonly signer: boolean;
  readonly allowExpiredUrls: boolean;
  readonly json: boolean;
  readonly measure: boolean;
  readonly verify: boolean;
  readonly sample?: number;
  readonly out?: string;
  readonly concurrency: number;
}

const errorsShown = { people: 100, programs: 1000 };

const help = `
Nothing of the manifest is sent, and without --measure or --verify no URL of it is opened. Without --url no server is
asked at all, and the limits are those that a server has by default.

--measure reads small ranges of the files that have no media metadata, from this machine, and --out writes the manifest
with what was found (a table as NDJSON). If it is interrupted, run it again: what was measured is kept beside the file.
Where some files could not be measured, measure the written manifest again: what it has is not measured twice.

--verify compares the media metadata of the manifest with the files.

Exit codes:
  0  every unit can be registered
  1  some units would fail, could not be measured, or are not what the manifest says
  2  refused: not a manifest, or it cannot be read
  3  the server of --url could not be reached
  130  interrupted with Ctrl-C

Examples:
  latchkey check streets.json --strict
  latchkey check streets.json --measure --out measured.json --strict
  latchkey check streets.json --verify --sample 100`;

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
    .option(gatewayFlag, 'as for an integration with these gateways: URL, or URL=BUCKET-URL', [])
    .option('--signer', 'as for an integration with a signer, which takes s3://, gs:// and az://', false)
    .option('--allow-expired-urls', 'take URLs that are dead already, as the flag in a manifest does', false)
    .option('--measure', 'measure the files that have no media metadata', false)
    .option('--out <path>', 'with --measure: write the manifest with what was measured')
    .option('--verify', 'compare the media metadata with the files', false)
    .option('--sample <count>', 'with --verify: so many files, chosen at random', readCount)
    .option('--concurrency <count>', 'files at the same time', readCount, 32)
    .option('--json', 'print one JSON object and nothing else', false)
    .addHelpText('after', help);
  const withUrl = withServerOptions(command, 'check with the limits of the server at this address');
  withUrl.action(async (path: string, options: CheckCommandOptions) => {
    checkCombination(options);
    const { report, measured } = await check(path, options, context);
    if (options.json) {
      const measuring = measured && { measuring: measuringForPrograms(measured) };
      context.print(JSON.stringify({ ...reportForPrograms(report), ...measuring }));
    } else {
      for (const line of measured ? measuringLines(measured) : []) context.print(line);
      for (const line of reportLines(report)) context.print(line);
    }
    finish(exitCodeOf(report, measured));
  });
}

function checkCombination({ measure, verify, sample, out }: CheckCommandOptions): void {
  const refuse = (option: string, other: string) =>
    new CommandError('invalid_option', `${option} does nothing without ${other}.`, `Add ${other}.`);
  if (out !== undefined && !measure) throw refuse('--out', '--measure');
  if (sample !== undefined && !verify) throw refuse('--sample', '--verify');
}

async function check(
  path: string,
  options: CheckCommandOptions,
  context: CommandContext,
): Promise<{ readonly report: ManifestReport; readonly measured: MeasuredManifest | null }> {
  checkIsReadableManifest(path);
  const out = options.out ?? null;
  if (out !== null) checkOut(out, path);
  const limits = options.url ? await clientOf(options, context).getLimits() : defaultLimits;
  const maxErrors = options.json ? errorsShown.programs : errorsShown.people;
  const { report, rules } = await checkAsGiven(path, options, limits, maxErrors, context);
  // What would be refused as a whole is not worth a request.
  if (report.refusal || !(options.measure || options.verify)) return { report, measured: null };
  const { measure, concurrency } = options;
  const verify = verifies(options);
  const request = { manifestPath: path, rules, limits, measure, verify, out, concurrency, maxErrors };
  const measured = await measureManifest(request, context);
  return { report: measured.report, measured };
}

/** With the rules that it was found to be checked by. */
async function checkAsGiven(
  path: string,
  options: CheckCommandOptions,
  limits: ManifestLimits,
  maxErrors: number,
  { signal }: CommandContext,
): Promise<{ readonly report: ManifestReport; readonly rules: UnitRules }> {
  const read = async (rules: UnitRules) => {
    const { form, content } = openManifest(path, limits.manifestBytes);
    return { report: await checkManifest(content, rules, { form, maxErrors, signal }), rules };
  };
  const rules = {
    strict: options.strict,
    allowedHosts: options.allowedHost,
    gateways: gatewaysOf(options.gateway),
    hasSigner: options.signer,
    limits,
  };
  if (options.allowExpiredUrls) return read(rules);
  const checked = await read({ ...rules, expiredAt: Date.now() });
  // The flag may stand behind the units: only the end of the manifest tells.
  const isAllowed = checked.report.outline?.flags.allowExpiredUrls && checked.report.errorsByCode.url_expired;
  return isAllowed ? read(rules) : checked;
}

function verifies({ verify, sample }: CheckCommandOptions): 'none' | 'all' | { sample: number } {
  if (!verify) return 'none';
  return sample === undefined ? 'all' : { sample };
}

function exitCodeOf(report: ManifestReport, measured: MeasuredManifest | null): ExitCode {
  if (report.refusal) return exitCodes.refused;
  const findings = measured?.findingCount ?? 0;
  return report.errorCount + findings > 0 ? exitCodes.unitsFailed : exitCodes.success;
}
