/**
 * Starts a worker of `?worker&url` that loads data. The server's answer has a security policy with the origins of now,
 * which the page's own may not have yet.
 */
export function startDataWorker(moduleUrl: string): Worker {
  const address = import.meta.env.DEV ? moduleUrl : `/data-worker.js?module=${encodeURIComponent(moduleUrl)}`;
  return new Worker(address, { type: 'module' });
}
