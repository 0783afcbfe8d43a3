import type { UploadJob } from '@latchkey/contract/schemas/upload-job';
import { SingleBar } from 'cli-progress';
import { progressOf } from './progress-text.js';

export interface Progress {
  readonly update: (job: UploadJob) => void;
  readonly stop: () => void;
}

/** A bar and a line of text on standard error, for people at a terminal. */
export function createProgress(): Progress {
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
  const update = (job: UploadJob) => {
    const { value, total, text } = progressOf(job);
    if (isStarted) return bar.update(value, { text });
    isStarted = true;
    bar.start(total, value, { text });
  };
  return { update, stop: () => isStarted && bar.stop() };
}
