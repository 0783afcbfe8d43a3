/** A body that can be read more than once, such as a file on disk: once to hash it for a signature, once to send it. */
export interface ReopenableBody {
  open(): ReadableStream<Uint8Array>;
}

/** What is sent as it is; anything else becomes JSON. */
export type BinaryBody = Uint8Array | Blob | ReadableStream<Uint8Array> | ReopenableBody;

export function isReopenableBody(body: unknown): body is ReopenableBody {
  return typeof body === 'object' && body !== null && 'open' in body && typeof body.open === 'function';
}

export function isBinaryBody(body: unknown): body is BinaryBody {
  return (
    body instanceof Uint8Array ||
    body instanceof Blob ||
    body instanceof ReadableStream ||
    isReopenableBody(body)
  );
}

export function jsonBytes(value: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value));
}

/** Reads the iterable as fast as the stream is read, and ends it when the stream is cancelled. */
export function streamOf(iterable: AsyncIterable<Uint8Array>): ReadableStream<Uint8Array> {
  const iterator = iterable[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const next = await iterator.next();
      if (next.done) controller.close();
      else controller.enqueue(next.value);
    },
    async cancel(reason) {
      await iterator.return?.(reason);
    },
  });
}
