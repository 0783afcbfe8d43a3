import { parentPort, type ResourceLimits, Worker } from 'node:worker_threads';
import type { Port, WorkerPort } from './worker-port.js';

// A parser that was sent astray takes memory; the process of the pool has to outlive it.
const defaultLimits: ResourceLimits = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 32 };

export interface NodeWorkerOptions {
  readonly workerData?: unknown;
  readonly resourceLimits?: ResourceLimits;
}

/** Starts a thread whose module calls `serveProbes(parentProbePort(), ...)`. */
export function startNodeWorker(module: URL, options: NodeWorkerOptions = {}): WorkerPort {
  const worker = new Worker(module, {
    workerData: options.workerData,
    resourceLimits: options.resourceLimits ?? defaultLimits,
  });
  let ended: ((error: Error) => void) | null = null;
  const end = (error: Error) => {
    ended?.(error);
    ended = null;
  };
  worker.on('error', end);
  worker.on('exit', (code) => end(new Error(`The worker ended with code ${code}.`)));
  // A pool that is idle does not keep the process.
  worker.unref();
  return {
    post: (message) => worker.postMessage(message),
    onMessage: (listener) => void worker.on('message', listener),
    onEnd: (listener) => {
      ended = listener;
    },
    terminate: () => {
      ended = null;
      void worker.terminate();
    },
  };
}

/** The pool, as seen from within its thread. */
export function parentProbePort(): Port {
  const port = parentPort;
  if (!port) throw new Error('This module runs in a worker thread only.');
  return {
    post: (message) => port.postMessage(message),
    onMessage: (listener) => void port.on('message', listener),
  };
}
