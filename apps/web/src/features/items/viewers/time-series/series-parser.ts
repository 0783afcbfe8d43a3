import type { SeriesAnswer, SeriesQuestion } from './series.worker.js';

/** Reads the rows in a worker while they arrive; a part is taken when the one before it is read. */
export class SeriesParser {
  private readonly worker = new Worker(new URL('./series.worker.ts', import.meta.url), { type: 'module' });

  /** Bytes in their order, and null at the end. */
  push(bytes: SeriesQuestion): Promise<SeriesAnswer> {
    return new Promise((resolve) => {
      this.worker.onmessage = ({ data }: MessageEvent<SeriesAnswer>) => resolve(data);
      this.worker.onerror = ({ message }) =>
        resolve({ problem: `The reader of time series could not be loaded: ${message}` });
      this.worker.postMessage(bytes);
    });
  }

  close(): void {
    this.worker.terminate();
  }
}
