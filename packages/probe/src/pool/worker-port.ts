/** One end of a channel between a pool and a worker: `worker_threads` and the browser's `Worker` both fit. */
export interface Port {
  post(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
}

/** A worker as its pool sees it. */
export interface WorkerPort extends Port {
  /** Called once, when the worker has ended by itself: it crashed, could not start, or ran out of memory. */
  onEnd(listener: (error: Error) => void): void;
  /** Ends the worker whatever it does. */
  terminate(): void;
}
