import { type CorsProvider, corsProviders, corsRule } from '@latchkey/doctor/cors-rule';
import { Argument, type Command } from 'commander';
import { CommandError } from '../command-error.js';
import type { CommandContext } from '../context.js';
import { checkCors } from '../cors/check-cors.js';
import { corsReportLines, corsRuleLines } from '../cors/cors-lines.js';
import { type ExitCode, exitCodes } from '../exit-codes.js';

const checkHelp = `
The object is asked for from this machine, one byte of it, as a page of the origin would. What a browser adds (its
network, its extensions, the security policy of the page) only the page "Check the access" of the web app sees.
To keep a signed URL out of the shell's history, give "-" and put the URL on standard input.

Exit codes:
  0  pages of the origin can read the object
  1  they cannot; the output says why and what mends it
  2  refused: not a URL, or not an origin

Example:
  latchkey cors check "https://bucket.s3.eu-west-1.amazonaws.com/a.jpg?X-Amz-..." --origin https://latchkey.example.com`;

const configHelp = `
Examples:
  latchkey cors config aws --origin https://latchkey.example.com --bucket footage
  latchkey cors config gcp --origin https://latchkey.example.com --text > cors.json`;

export function addCorsCommand(
  program: Command,
  context: CommandContext,
  finish: (exitCode: ExitCode) => void,
): void {
  const cors = program.command('cors').description('whether and how browsers may read a bucket');
  cors
    .command('check')
    .description('say whether pages of an origin can read an object, and what mends it if not')
    .argument('<url>', 'URL of an object, signed if it has to be; "-" reads it from standard input')
    .requiredOption('--origin <origin>', 'address of the web app, such as https://latchkey.example.com')
    .option('--json', 'print one JSON object and nothing else', false)
    .addHelpText('after', checkHelp)
    .action(async (given: string, options: { origin: string; json: boolean }) => {
      const url = readObjectUrl(given === '-' ? await context.readInput() : given);
      const report = await checkCors(url, readOrigin(options.origin), context.signal);
      if (options.json) context.print(JSON.stringify(report));
      else for (const line of corsReportLines(report)) context.print(line);
      finish(report.verdict.kind === 'fine' ? exitCodes.success : exitCodes.unitsFailed);
    });
  cors
    .command('config')
    .description('print the rule that lets pages of an origin read a bucket')
    .addArgument(new Argument('<provider>', 'where the bucket is').choices(corsProviders))
    .requiredOption('--origin <origin>', 'address of the web app, such as https://latchkey.example.com')
    .option('--bucket <name>', 'name of the bucket; for azure, of the storage account')
    .option('--text', 'print the rule alone, without the steps', false)
    .addHelpText('after', configHelp)
    .action((provider: CorsProvider, options: { origin: string; bucket?: string; text: boolean }) => {
      const rule = corsRule(provider, {
        origin: readOrigin(options.origin),
        bucket: readBucket(options.bucket),
      });
      for (const line of options.text ? [rule.text] : corsRuleLines(rule)) context.print(line);
    });
}

function readObjectUrl(given: string): string {
  const url = given.trim();
  if (/^https?:\/\//i.test(url) && URL.canParse(url)) return url;
  // Not repeated: it may be a part of a signed URL.
  throw new CommandError(
    'invalid_option',
    'The URL of the object is not a http or https URL.',
    'Give the whole URL in quotes: a shell takes "&" for the end of the command.',
  );
}

function readOrigin(given: string): string {
  const parsed = URL.parse(given);
  const isOrigin =
    parsed !== null && /^https?:$/.test(parsed.protocol) && parsed.pathname === '/' && parsed.search === '';
  if (isOrigin) return parsed.origin;
  throw new CommandError(
    'invalid_option',
    `"${given}" is not an origin.`,
    'Give scheme and host, and a port if it has one: https://latchkey.example.com',
  );
}

function readBucket(given: string | undefined): string | null {
  if (given === undefined) return null;
  if (/^[A-Za-z0-9][A-Za-z0-9._-]{1,221}$/.test(given)) return given;
  throw new CommandError(
    'invalid_option',
    `"${given}" is not the name of a bucket.`,
    'Use letters, digits, ".", "_" and "-" only.',
  );
}
