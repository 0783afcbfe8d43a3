import type { Command } from 'commander';
import type { CommandContext } from '../context.js';
import type { ExitCode } from '../exit-codes.js';
import { addAuditExport } from './audit-export.js';
import { addAuditList } from './audit-list.js';
import { addAuditVerify } from './audit-verify.js';

export function addAuditCommand(
  program: Command,
  context: CommandContext,
  finish: (exitCode: ExitCode) => void,
): void {
  const parent = program
    .command('audit')
    .description('read and verify the audit log; for organisation admins');
  addAuditList(parent, context);
  addAuditExport(parent, context);
  addAuditVerify(parent, context, finish);
}
