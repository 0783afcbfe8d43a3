import type { Port, WorkerPort } from './worker-port.js';

/** What is used of the browser's `Worker`, and of the global scope within it. */
interface MessageTarget {
  postMessage(message: unknown): void;
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
}
interface BrowserWorker extends MessageTarget {
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
  addEventListener(type: 'error', listener: (event: { readonly message?: string }) => void): void;
  terminate(): void;
}

/** `worker`: one made by `new Worker(new URL('./x.js', import.meta.url), { type: 'module' })`, as bundlers need it. */
export function webWorkerPort(worker: BrowserWorker): WorkerPort {
  return {
    ...webPort(worker),
    onEnd: (listener) =>
      worker.addEventListener('error', (event) => listener(new Error(event.message ?? 'The worker failed.'))),
    terminate: () => worker.terminate(),
  };
}

/** `scope`: `self` of the worker. */
export function webPort(scope: MessageTarget): Port {
  return {
    post: (message) => scope.postMessage(message),
    onMessage: (listener) => scope.addEventListener('message', ({ data }) => listener(data)),
  };
}
