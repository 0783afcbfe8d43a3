import { type Command, InvalidArgumentError } from 'commander';
import type { CommandContext } from '../context.js';
import { type ExitCode, exitCodes } from '../exit-codes.js';
import { isOrigin } from '../terraform/setting-rules.js';
import { allowedChecks, bucketIsClosed } from '../terraform/verify/allowed-checks.js';
import type { Check, Finding, Target } from '../terraform/verify/finding.js';
import { refusedChecks, secondsUntilRefused } from '../terraform/verify/refused-checks.js';
import { requester } from '../terraform/verify/send-request.js';
import { transportChecks } from '../terraform/verify/transport-checks.js';

interface VerifyOptions {
  readonly origin: string;
  readonly bucketUrl?: string;
  readonly denied: boolean;
  readonly wait?: number;
  readonly json: boolean;
}

const help = `
Asks a live domain what no plan can tell. Run it twice: from an address on the list, and with --denied from one that is
not. To see how soon a removed address is refused, take this machine's address off the list and run it at once with
--denied --wait 600. Nothing is written: PUT and DELETE name an object that is not there.

Exit codes:
  0  everything is as it should be (there may be warnings)
  1  something is not
  2  refused: wrong options
  3  the domain does not answer

Examples:
  latchkey terraform verify https://data.acme.com/cats/1.jpg --origin https://latchkey.acme.com
  latchkey terraform verify https://data.acme.com/cats/1.jpg --origin https://latchkey.acme.com --denied`;

export function addTerraformVerifyCommand(
  terraform: Command,
  context: CommandContext,
  finish: (exitCode: ExitCode) => void,
): void {
  terraform
    .command('verify')
    .description('ask a live deployment whether it serves, guards and allows what it should')
    .argument('<url>', 'URL of an object of some bytes, without a signature', readUrl)
    .requiredOption('--origin <origin>', 'origin of the web app that reads the objects', readOrigin)
    .option('--bucket-url <url>', "the bucket's own URL of the object, which must be closed", readUrl)
    .option('--denied', 'this machine is not on the list: everything must be refused', false)
    .option('--wait <seconds>', 'with --denied: ask until it is refused, so long', readSeconds)
    .option('--json', 'print one JSON object and nothing else', false)
    .addHelpText('after', help)
    .action(async (url: string, options: VerifyOptions) => finish(await verify(url, options, context)));
}

async function verify(url: string, options: VerifyOptions, context: CommandContext): Promise<ExitCode> {
  const target: Target = { url, origin: options.origin, send: requester(context.signal) };
  const findings: Finding[] = [];
  const keep = (finding: Finding) => {
    findings.push(finding);
    if (!options.json) context.print(lineOf(finding));
  };
  if (options.denied && options.wait !== undefined)
    keep(waited(await secondsUntilRefused(target, options.wait, context.signal), options.wait));
  for (const check of checksOf(url, options)) keep(await check(target));
  const failed = findings.filter(({ state }) => state === 'failed').length;
  if (options.json) context.print(JSON.stringify({ url, isSound: failed === 0, findings }));
  else context.print(failed === 0 ? 'As it should be.' : `${failed} of ${findings.length} checks failed.`);
  return failed === 0 ? exitCodes.success : exitCodes.unitsFailed;
}

function checksOf(url: string, { denied, bucketUrl }: VerifyOptions): readonly Check[] {
  const { protocol, port } = new URL(url);
  return [
    ...(denied ? refusedChecks : allowedChecks),
    ...(bucketUrl === undefined ? [] : [bucketIsClosed(bucketUrl)]),
    ...(protocol === 'https:' && port === '' ? transportChecks : []),
  ];
}

const waited = (seconds: number | null, most: number): Finding =>
  seconds === null
    ? { check: 'a removed address is refused', state: 'failed', detail: `not within ${most} s` }
    : { check: 'a removed address is refused', state: 'passed', detail: `after ${seconds} s` };

const words = { passed: 'ok     ', failed: 'FAILED ', warning: 'warning', skipped: 'skipped' } as const;
const lineOf = ({ check, state, detail }: Finding) => `${words[state]}  ${check}: ${detail}`;

function readUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url && /^https?:$/.test(url.protocol)) return url.href;
  throw new InvalidArgumentError('Give a URL that begins with https:// or http://.');
}

function readOrigin(text: string): string {
  if (isOrigin(text) === null) return text;
  throw new InvalidArgumentError('Give scheme and host, such as https://latchkey.acme.com.');
}

function readSeconds(text: string): number {
  const seconds = Number(text);
  if (/^\d+$/.test(text) && seconds <= 86_400) return seconds;
  throw new InvalidArgumentError('Give whole seconds up to 86400.');
}
