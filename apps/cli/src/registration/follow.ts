import { CommandError } from '../command-error.js';
import type { CommandContext } from '../context.js';
import { exitCodes } from '../exit-codes.js';
import { createProgress } from '../progress.js';
import type { StartedRegistration } from './register-manifest.js';

type Job = Pick<StartedRegistration, 'folder' | 'jobUuid'>;

/**
 * Waits for a job, at a terminal with a line of progress.
 *
 * @throws CommandError `interrupted`: the signal ends the waiting, not the job.
 */
export async function followJob(job: Job, context: CommandContext, isQuiet: boolean) {
  const { folder, jobUuid } = job;
  const { signal } = context;
  const progress = context.isInteractive && !isQuiet ? createProgress() : undefined;
  try {
    return await folder.addPrivateDataToFolderGetResult(jobUuid, {
      signal,
      ...(progress && { onProgress: progress.update }),
    });
  } catch (error) {
    if (signal.aborted) throw stillRunning(job);
    throw error;
  } finally {
    progress?.stop();
  }
}

export function followHint({ folder, jobUuid }: Job): string {
  const target = `${jobUuid} --folder ${folder.uuid}`;
  return `Follow it:  latchkey job follow ${target}\nCancel it:  latchkey job cancel ${target}`;
}

const stillRunning = (job: Job) =>
  new CommandError('interrupted', `The upload job ${job.jobUuid} goes on.`, followHint(job), {
    exitCode: exitCodes.interrupted,
  });
