import { SingleBar } from 'cli-progress';
import type { CommandContext } from '../context.js';

export interface ScanProgress {
  show(text: string): void;
  stop(): void;
}

/** One line on standard error, for people at a terminal. How much there is in all, a store does not say. */
export function createScanProgress({ isInteractive }: CommandContext): ScanProgress {
  if (!isInteractive) return { show: () => undefined, stop: () => undefined };
  // The process has its own handler of SIGINT.
  const bar = new SingleBar({
    format: '{text}',
    gracefulExit: false,
    clearOnComplete: true,
    hideCursor: true,
  });
  bar.start(1, 0, { text: '' });
  return { show: (text) => bar.update(0, { text }), stop: () => bar.stop() };
}
