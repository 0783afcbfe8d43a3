import type { Command } from 'commander';
import type { CommandContext } from '../context.js';
import type { ExitCode } from '../exit-codes.js';
import { followJob } from '../registration/follow.js';
import { exitCodeOf, resultForPrograms, resultLines } from '../registration/result.js';
import { clientOf, type ServerOptions, withServerOptions } from '../server-options.js';

interface JobOptions extends ServerOptions {
  readonly folder: string;
  readonly json: boolean;
}

export function addJobCommand(
  program: Command,
  context: CommandContext,
  finish: (exitCode: ExitCode) => void,
): void {
  const job = program.command('job').description('follow or cancel an upload job');
  addJobAction(
    job,
    'follow',
    'wait for the end of a job; exit codes as of "register"',
    async (uuid, options) => finish(await follow(uuid, options, context)),
  );
  addJobAction(
    job,
    'cancel',
    'cancel what is not registered yet; what is registered stays',
    (uuid, options) => cancel(uuid, options, context),
  );
}

function addJobAction(
  parent: Command,
  name: string,
  description: string,
  action: (jobUuid: string, options: JobOptions) => Promise<void>,
): void {
  const command = parent
    .command(name)
    .description(description)
    .argument('<job>', 'UUID of the job')
    .requiredOption('--folder <uuid>', 'UUID of its folder')
    .option('--json', 'print one JSON object and nothing else', false);
  withServerOptions(command).action(action);
}

async function follow(jobUuid: string, options: JobOptions, context: CommandContext): Promise<ExitCode> {
  const folder = await clientOf(options, context).getStorageFolder(options.folder);
  const result = await followJob({ folder, jobUuid }, context, options.json);
  if (options.json) context.print(JSON.stringify(resultForPrograms(result)));
  else for (const line of resultLines(result)) context.print(line);
  return exitCodeOf(result);
}

async function cancel(jobUuid: string, options: JobOptions, context: CommandContext): Promise<void> {
  const folder = await clientOf(options, context).getStorageFolder(options.folder);
  const result = await folder.cancelUploadJob(jobUuid);
  if (options.json) context.print(JSON.stringify(result));
  else context.print(`${result.unitsCancelledCount} units were cancelled; what was registered before stays.`);
}
