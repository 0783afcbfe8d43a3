import type { UploadJobResult } from '@latchkey/contract/schemas/upload-job';
import { SingleBar } from 'cli-progress';

export interface Progress {
  readonly update: (state: UploadJobResult) => void;
  readonly stop: () => void;
}

const silent: Progress = { update: () => {}, stop: () => {} };

/** A bar on standard error, for people at a terminal; nothing for others. */
export function createProgress(isInteractive: boolean): Progress {
  if (!isInteractive) return silent;
  const bar = new SingleBar({
    format: '{bar} {percentage}% | {value} of {total} units | {eta_formatted} left',
    barCompleteChar: '#',
    barIncompleteChar: '.',
    // The process has its own handler of SIGINT.
    gracefulExit: false,
    clearOnComplete: true,
    hideCursor: true,
  });
  let isStarted = false;
  const update = (state: UploadJobResult) => {
    const finished = state.unitsTotalCount - state.unitsPendingCount;
    if (isStarted) return bar.update(finished);
    isStarted = true;
    bar.start(state.unitsTotalCount, finished);
  };
  return { update, stop: () => isStarted && bar.stop() };
}
