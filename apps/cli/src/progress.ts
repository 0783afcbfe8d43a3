import type { UploadJob } from '@latchkey/contract/schemas/upload-job';
import { SingleBar } from 'cli-progress';
import { type ProgressState, progressOf } from './progress-text.js';

export interface ProgressBar {
  readonly show: (progress: ProgressState) => void;
  readonly stop: () => void;
}

/** A bar and a line of text on standard error, for people at a terminal. */
export function createBar(): ProgressBar {
  const bar = new SingleBar({
    format: '{bar} {percentage}% {text}',
    // So that a line on a million units fits into 80 columns.
    barsize: 12,
    barCompleteChar: '#',
    barIncompleteChar: '.',
    // The process has its own handler of SIGINT.
    gracefulExit: false,
    clearOnComplete: true,
    hideCursor: true,
  });
  let isStarted = false;
  const show = ({ value, total, text }: ProgressState) => {
    if (isStarted) return bar.update(value, { text });
    isStarted = true;
    bar.start(total, value, { text });
  };
  return { show, stop: () => isStarted && bar.stop() };
}

export interface Progress {
  readonly update: (job: UploadJob) => void;
  readonly stop: () => void;
}

export function createProgress(): Progress {
  const { show, stop } = createBar();
  return { update: (job) => show(progressOf(job)), stop };
}
