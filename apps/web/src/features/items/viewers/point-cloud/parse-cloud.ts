import type { CloudAnswer } from './cloud.worker.js';

/** Reads the points in a worker of their own, which ends with the call. The bytes are handed over. */
export function parseCloud(bytes: Uint8Array<ArrayBuffer>, signal: AbortSignal): Promise<CloudAnswer> {
  const worker = new Worker(new URL('./cloud.worker.ts', import.meta.url), { type: 'module' });
  return new Promise<CloudAnswer>((resolve, reject) => {
    worker.addEventListener('message', ({ data }: MessageEvent<CloudAnswer>) => resolve(data));
    worker.addEventListener('error', ({ message }) =>
      resolve({ problem: `The file could not be read: ${message || 'the reader could not be loaded'}.` }),
    );
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    worker.postMessage(bytes, { transfer: [bytes.buffer] });
  }).finally(() => worker.terminate());
}
