import { Command, CommanderError } from 'commander';
import { CommandError } from './command-error.js';
import { addAuditCommand } from './commands/audit.js';
import { addBackupCommand } from './commands/backup.js';
import { addCheckCommand } from './commands/check.js';
import { addCorsCommand } from './commands/cors.js';
import { addDemoCommand } from './commands/demo.js';
import { addDoctorCommand } from './commands/doctor.js';
import { addExportCommand } from './commands/export.js';
import { addGatewayCommand } from './commands/gateway.js';
import { addIntegrationCommand } from './commands/integration.js';
import { addJobCommand } from './commands/job.js';
import { addKeyCommand } from './commands/key.js';
import { addMigrateDatabaseCommand } from './commands/migrate-database.js';
import { addRegisterCommand } from './commands/register.js';
import { addRenewCommand } from './commands/renew.js';
import { addScanCommand } from './commands/scan.js';
import { addServeCommand } from './commands/serve.js';
import { addSignerCommand } from './commands/signer.js';
import { addTerraformCommand } from './commands/terraform.js';
import { addWebhookCommand } from './commands/webhook.js';
import type { CommandContext } from './context.js';
import { describeError, errorLines } from './describe-error.js';
import { type ExitCode, exitCodes } from './exit-codes.js';
import { OutputClosedError } from './output.js';
import { version } from './version.js';

/** Adds a command to the program; its action tells the exit code through `finish`. */
export type AddCommand = (
  program: Command,
  context: CommandContext,
  finish: (exitCode: ExitCode) => void,
) => void;

const commands: readonly AddCommand[] = [
  addServeCommand,
  addDemoCommand,
  addRegisterCommand,
  addRenewCommand,
  addJobCommand,
  addExportCommand,
  addIntegrationCommand,
  addAuditCommand,
  addWebhookCommand,
  addCheckCommand,
  addScanCommand,
  addCorsCommand,
  addSignerCommand,
  addKeyCommand,
  addBackupCommand,
  addMigrateDatabaseCommand,
  addDoctorCommand,
  addTerraformCommand,
  addGatewayCommand,
];

/** Runs the command line and answers the exit code. Errors are printed, not thrown. */
export async function runCommand(args: readonly string[], context: CommandContext): Promise<ExitCode> {
  let exitCode: ExitCode = exitCodes.success;
  const program = createProgram(context, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.success : exitCodes.refused;
    if (error instanceof OutputClosedError) return exitCodes.success;
    return printError(context.signal.aborted ? interrupted(error) : error, args, context);
  }
}

/** An error after a signal is a consequence of it, unless the command has its own word on that. */
function interrupted(cause: unknown): CommandError {
  if (cause instanceof CommandError) return cause;
  return new CommandError('interrupted', 'Interrupted.', '', { exitCode: exitCodes.interrupted, cause });
}

function createProgram(context: CommandContext, finish: (exitCode: ExitCode) => void): Command {
  const program = new Command('latchkey')
    .description('Registers cloud data by URL without ever holding a key.')
    .version(version)
    .option('--verbose', 'show what lies behind an error')
    .showHelpAfterError('(see --help)')
    .configureOutput({
      writeOut: (text) => context.print(text.trimEnd()),
      writeErr: (text) => context.note(text.trimEnd()),
    })
    .exitOverride();
  for (const addCommand of commands) addCommand(program, context, finish);
  return program;
}

function printError(error: unknown, args: readonly string[], context: CommandContext): ExitCode {
  const { exitCode, ...description } = describeError(error);
  if (args.includes('--json')) context.print(JSON.stringify({ error: description }));
  else for (const line of errorLines(error, args.includes('--verbose'))) context.note(line);
  return exitCode;
}
