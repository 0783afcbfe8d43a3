import type { UnitErrorsFormat } from '@latchkey/sdk/downloads';
import { type Command, Option } from 'commander';
import type { CommandContext } from '../context.js';
import { checkIsNewFile, writeDownload } from '../write-download.js';
import { addJobAction, folderOf, type JobTarget } from './job-target.js';

interface DownloadOptions extends JobTarget {
  readonly out?: string;
}
interface ErrorsOptions extends DownloadOptions {
  readonly format: UnitErrorsFormat;
}
interface FailedUnitsOptions extends DownloadOptions {
  readonly includeCancelled: boolean;
}

const outHelp = 'path of a new file; without it standard output';
const failedUnitsHelp = `
The manifest is JSON, NDJSON or CSV, as what was registered. Its units are as they were given, with their signed URLs:
keep it as safe as the URLs. A CSV has no flags: give them again (--skip-duplicate-urls). A file of --out can be read by you only; the download is in the audit log.

Correct it and register it again:
  latchkey job failed-units <job> --folder <uuid> --out corrected.json
  latchkey register corrected.json --folder <uuid> --integration <title>`;

export function addJobDownloads(parent: Command, context: CommandContext): void {
  addJobAction<ErrorsOptions>(
    parent,
    'errors',
    'download all failed units with place, code, message and hint',
    (uuid, options) => downloadErrors(uuid, options, context),
  )
    .addOption(new Option('--format <format>', 'form of the file').choices(['csv', 'ndjson']).default('csv'))
    .option('--out <path>', outHelp);
  addJobAction<FailedUnitsOptions>(
    parent,
    'failed-units',
    'download a manifest of just the failed units, to be corrected and registered again',
    (uuid, options) => downloadFailedUnits(uuid, options, context),
  )
    .option(
      '--include-cancelled',
      'also the units that were not registered because of a cancel or of others',
      false,
    )
    .option('--out <path>', outHelp)
    .addHelpText('after', failedUnitsHelp);
}

async function downloadErrors(
  jobUuid: string,
  options: ErrorsOptions,
  context: CommandContext,
): Promise<void> {
  const { format, out } = options;
  checkIsNewFile(out);
  const folder = await folderOf(options, context);
  const download = await folder.downloadUnitErrors(jobUuid, { format, signal: context.signal });
  await writeDownload(download, out, context);
}

async function downloadFailedUnits(
  jobUuid: string,
  options: FailedUnitsOptions,
  context: CommandContext,
): Promise<void> {
  const { includeCancelled, out } = options;
  checkIsNewFile(out);
  const folder = await folderOf(options, context);
  const download = await folder.downloadFailedUnits(jobUuid, { includeCancelled, signal: context.signal });
  await writeDownload(download, out, context);
}
