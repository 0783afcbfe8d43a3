import { type Command, Option } from 'commander';
import type { CommandContext } from '../context.js';
import { clientOf } from '../server-options.js';
import { checkIsNewFile, writeDownload } from '../write-download.js';
import { type AuditFilterOptions, filtersOf, withAuditFilters } from './audit-filters.js';

interface ExportOptions extends AuditFilterOptions {
  readonly format: 'ndjson' | 'csv';
  readonly out?: string;
}

export function addAuditExport(parent: Command, context: CommandContext): void {
  withAuditFilters(parent.command('export').description('write entries to a file, newest first'))
    .addOption(
      new Option('--format <format>', 'form of the file').choices(['ndjson', 'csv']).default('ndjson'),
    )
    .option('--out <path>', 'path of a new file; without it standard output')
    .action((options: ExportOptions) => exportLog(options, context));
}

async function exportLog(options: ExportOptions, context: CommandContext): Promise<void> {
  const { format, out } = options;
  checkIsNewFile(out);
  const { auditLog } = clientOf(options, context);
  const download = await auditLog.export({ ...filtersOf(options), format, signal: context.signal });
  await writeDownload(download, out, context);
}
