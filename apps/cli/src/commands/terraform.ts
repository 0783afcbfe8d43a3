import type { Command } from 'commander';
import type { CommandContext } from '../context.js';
import type { ExitCode } from '../exit-codes.js';
import { addTerraformInitCommand } from './terraform-init.js';
import { addTerraformVerifyCommand } from './terraform-verify.js';

export function addTerraformCommand(
  program: Command,
  context: CommandContext,
  finish: (exitCode: ExitCode) => void,
): void {
  const terraform = program
    .command('terraform')
    .description('serve a private bucket of a cloud to an allow-list, without signed URLs');
  addTerraformInitCommand(terraform, context);
  addTerraformVerifyCommand(terraform, context, finish);
}
