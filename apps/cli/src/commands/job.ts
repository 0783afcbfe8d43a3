import type { Command } from 'commander';
import type { CommandContext } from '../context.js';
import type { ExitCode } from '../exit-codes.js';
import { followJob } from '../registration/follow.js';
import { exitCodeOf, resultForPrograms, resultLines } from '../registration/result.js';
import { addJobDownloads } from './job-downloads.js';
import { addJobAction, folderOf, type JobTarget } from './job-target.js';
import { addJobUnits } from './job-units.js';

interface JobOptions extends JobTarget {
  readonly json: boolean;
}

export function addJobCommand(
  program: Command,
  context: CommandContext,
  finish: (exitCode: ExitCode) => void,
): void {
  const job = program.command('job').description('follow or cancel an upload job, and get what came of it');
  addJobAction<JobOptions>(
    job,
    'follow',
    'wait for the end of a job; exit codes as of "register"',
    async (uuid, options) => finish(await follow(uuid, options, context)),
  ).option('--json', 'print one JSON object and nothing else', false);
  addJobAction<JobOptions>(
    job,
    'cancel',
    'cancel what is not registered yet; what is registered stays',
    (uuid, options) => cancel(uuid, options, context),
  ).option('--json', 'print one JSON object and nothing else', false);
  addJobUnits(job, context);
  addJobDownloads(job, context);
}

async function follow(jobUuid: string, options: JobOptions, context: CommandContext): Promise<ExitCode> {
  const folder = await folderOf(options, context);
  const result = await followJob({ folder, jobUuid }, context, options.json);
  if (options.json) context.print(JSON.stringify(resultForPrograms(result)));
  else for (const line of resultLines(result)) context.print(line);
  return exitCodeOf(result);
}

async function cancel(jobUuid: string, options: JobOptions, context: CommandContext): Promise<void> {
  const folder = await folderOf(options, context);
  const result = await folder.cancelUploadJob(jobUuid);
  if (options.json) context.print(JSON.stringify(result));
  else context.print(`${result.unitsCancelledCount} units were cancelled; what was registered before stays.`);
}
