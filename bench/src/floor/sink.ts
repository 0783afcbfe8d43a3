import { type ServerProcess, startServerProcess } from '../system/server-process.js';

/** A server that only swallows: what sending alone costs the client and the loopback. */
export function startSink(): Promise<ServerProcess> {
  return startServerProcess(new URL('./sink-process.js', import.meta.url));
}
