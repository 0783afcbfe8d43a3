import { startDataWorker } from './data-worker.js';

/** Starts a worker of `?worker&url` that loads data, asks it one thing, and ends it. */
export async function askWorker<Answer>(
  moduleUrl: string,
  question: unknown,
  signal?: AbortSignal,
): Promise<Answer> {
  const worker = startDataWorker(moduleUrl);
  const { port1, port2 } = new MessageChannel();
  try {
    return await new Promise<Answer>((resolve, reject) => {
      port1.onmessage = ({ data }) => resolve(data as Answer);
      worker.addEventListener('error', () => reject(new Error('The worker of the page could not start.')));
      signal?.addEventListener('abort', () => reject(signal.reason));
      worker.postMessage(question, [port2]);
    });
  } finally {
    worker.terminate();
  }
}
