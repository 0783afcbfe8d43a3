import type { MeasureTotals } from '@latchkey/measuring/measure-objects';
import { SingleBar } from 'cli-progress';
import type { CommandContext } from '../context.js';

export interface MeasureProgress {
  /** The content as it is, counted while it is read. */
  reading(content: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array>;
  update(totals: Readonly<MeasureTotals>): void;
  stop(): void;
}

const number = new Intl.NumberFormat('en');

/** A line on standard error, for people at a terminal. `totalBytes` null: the manifest is packed. */
export function createMeasureProgress(
  { isInteractive }: CommandContext,
  totalBytes: number | null,
): MeasureProgress {
  const bar = new SingleBar({
    format: totalBytes === null ? '{text}' : '{bar} {percentage}% {text}',
    barsize: 12,
    barCompleteChar: '#',
    barIncompleteChar: '.',
    // The process has its own handler of SIGINT.
    gracefulExit: false,
    clearOnComplete: true,
    hideCursor: true,
  });
  if (isInteractive) bar.start(totalBytes ?? 1, 0, { text: '' });
  let bytes = 0;
  return {
    reading: async function* (content) {
      for await (const chunk of content) {
        bytes += chunk.length;
        yield chunk;
      }
    },
    update: (totals) =>
      isInteractive && bar.update(totalBytes === null ? 0 : bytes, { text: textOf(totals) }),
    stop: () => isInteractive && bar.stop(),
  };
}

/** Such as `1,200 measured, 3 failed, 20 verified, 1 differs`. */
export function textOf({ measured, failed, verified, differing, unverifiable }: MeasureTotals): string {
  const parts: readonly (readonly [number, string])[] = [
    [measured, 'measured'],
    [verified, 'verified'],
    [differing, differing === 1 ? 'differs' : 'differ'],
    [failed + unverifiable, 'failed'],
  ];
  return parts
    .filter(([count]) => count > 0)
    .map(([count, word]) => `${number.format(count)} ${word}`)
    .join(', ');
}
