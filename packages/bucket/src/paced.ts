import { setTimeout as wait } from 'node:timers/promises';

const slicesPerSecond = 20;

/** The same bytes, no faster than that. */
export async function* paced(
  chunks: AsyncIterable<Uint8Array>,
  bytesPerSecond: number,
): AsyncGenerator<Uint8Array> {
  const length = Math.max(1, Math.floor(bytesPerSecond / slicesPerSecond));
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length; at += length) {
      yield chunk.subarray(at, at + length);
      await wait(1000 / slicesPerSecond);
    }
  }
}
