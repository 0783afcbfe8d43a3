import { type ExportFormat, exportFormatNames, exportFormats } from '@latchkey/contract/export-formats';
import { type ItemType, itemTypes } from '@latchkey/contract/kinds';
import type { ItemExport } from '@latchkey/sdk/exports';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { CommandError } from '../command-error.js';
import type { CommandContext } from '../context.js';
import { reportLines } from '../export-report.js';
import { findOrCreateFolder } from '../registration/targets.js';
import { clientOf, type ServerOptions, withServerOptions } from '../server-options.js';
import { checkIsNewFile, writeDownload } from '../write-download.js';

interface ExportOptions extends ServerOptions {
  readonly format: ExportFormat;
  readonly out?: string;
  readonly recursive: boolean;
  readonly withSignatures: boolean;
  readonly search?: string;
  readonly type?: readonly ItemType[];
  readonly expiresAfter?: string;
  readonly expiresBefore?: string;
  readonly json: boolean;
}

const formats = exportFormatNames
  .map((name) => `  ${name.padEnd(16)} ${exportFormats[name].title}`)
  .join('\n');

const help = `
Formats:
${formats}

A manifest registers again to the same items. Without --with-signatures its URLs have no signature: sign them anew and
give them back with "latchkey renew". With it, the file holds URLs that open the objects until they expire: keep it as
safe as these. It can be read by you only, and the audit log has the number of URLs.

What a format cannot hold is named on standard error, and in the report that --json prints. See docs/export.md.

Examples:
  latchkey export Streets --format coco --out coco.json --recursive
  latchkey export Streets --format label-studio --type image --with-signatures --out tasks.json
  latchkey export Streets --format manifest-csv --expires-before 2026-03-08T00:00:00Z --out to-sign.csv`;

export function addExportCommand(program: Command, context: CommandContext): void {
  const command = program
    .command('export')
    .description('write the items of a folder as a manifest, or as the task file of a labelling tool')
    .argument('<folder>', 'top-level folder by name, or any folder by UUID')
    .addOption(
      new Option('--format <format>', 'form of the file, see below')
        .choices(exportFormatNames)
        .makeOptionMandatory(),
    )
    .option('--out <path>', 'path of a new file; without it standard output')
    .option('--recursive', 'also the folders below', false)
    .option('--with-signatures', 'object URLs with their signatures', false)
    .option('--search <text>', 'only items whose name holds this')
    .addOption(new Option('--type <type...>', 'only items of these types').choices(itemTypes))
    .option('--expires-after <moment>', 'only items whose URL dies then or later', readMoment)
    .option(
      '--expires-before <moment>',
      'only items whose URL dies earlier; "now" for expired ones',
      readMoment,
    )
    .option('--json', 'print the report as one JSON object; needs --out', false)
    .addHelpText('after', help);
  withServerOptions(command).action((folder: string, options: ExportOptions) =>
    runExport(folder, options, context),
  );
}

function readMoment(text: string): string {
  const moment = text === 'now' ? new Date() : new Date(text);
  if (Number.isNaN(moment.getTime()))
    throw new InvalidArgumentError('Give a moment such as 2026-03-01T12:00:00Z, or "now".');
  return moment.toISOString();
}

async function runExport(nameOrUuid: string, options: ExportOptions, context: CommandContext): Promise<void> {
  if (options.json && options.out === undefined)
    throw new CommandError(
      'invalid_option',
      'With --json the report goes to standard output, so that the export cannot go there.',
      'Give a file with --out.',
    );
  checkIsNewFile(options.out);
  const { folder } = await findOrCreateFolder(clientOf(options, context), nameOrUuid, false);
  const started = await folder.export({ ...queryOf(options), signal: context.signal });
  await writeDownload(started, options.out, context);
  await tell(started, options, context);
}

function queryOf({
  format,
  recursive,
  withSignatures,
  search,
  type,
  expiresAfter,
  expiresBefore,
}: ExportOptions) {
  return {
    format,
    isRecursive: recursive,
    withSignatures,
    ...(search !== undefined && { search }),
    ...(type !== undefined && { itemTypes: [...type] }),
    ...(expiresAfter !== undefined && { expiresAfter }),
    ...(expiresBefore !== undefined && { expiresBefore }),
  };
}

async function tell(started: ItemExport, { json }: ExportOptions, context: CommandContext): Promise<void> {
  const report = await started.report();
  if (json) context.print(JSON.stringify(report));
  else for (const line of reportLines(report)) context.note(line);
}
