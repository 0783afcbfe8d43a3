import type { ByteSource } from '../byte-source.js';
import { measure } from '../probe.js';
import { ProbeError } from '../probe-error.js';
import type { Request, Response } from './messages.js';
import type { Port } from './worker-port.js';

export interface OpenedSource extends ByteSource {
  close?(): void;
}

/** Reaches the object that `target` names. `timeoutMs` is for its own deadline, as of `RangeSource`. */
export type OpenSource<T> = (
  target: T,
  options: { readonly timeoutMs: number; readonly signal: AbortSignal },
) => OpenedSource | Promise<OpenedSource>;

/** The message loop of a worker: measures what a `ProbePool<T>` sends, several objects at a time. */
export function serveProbes<T>(port: Port, openSource: OpenSource<T>): void {
  const running = new Map<number, AbortController>();
  const respond = (response: Response) => port.post(response);
  respond({ type: 'alive' });
  port.onMessage((message) => {
    // The other end of this port is a ProbePool<T>, which sends nothing else.
    const request = message as Request;
    if (request.type === 'ping') return respond({ type: 'alive' });
    if (request.type === 'cancel') return running.get(request.id)?.abort();
    const controller = new AbortController();
    running.set(request.id, controller);
    void answer(request, controller.signal).then((response) => {
      running.delete(request.id);
      respond(response);
    });
  });

  async function answer(
    { id, kind, target, timeoutMs }: Extract<Request, { type: 'measure' }>,
    signal: AbortSignal,
  ): Promise<Response> {
    let source: OpenedSource | null = null;
    try {
      source = await openSource(target as T, { timeoutMs, signal });
      return { type: 'measured', id, measured: await measure(kind, source) };
    } catch (error) {
      if (error instanceof ProbeError)
        return { type: 'failed', id, code: error.code, message: error.message };
      return { type: 'fault', id, message: error instanceof Error ? error.message : String(error) };
    } finally {
      source?.close?.();
    }
  }
}
