import type { Writable } from 'node:stream';

/** The reader of the output has gone, such as `head` when it has its lines: no fault, and nothing is left to do. */
export class OutputClosedError extends Error {
  override readonly name = 'OutputClosedError';
}

/** Resolves when the stream has taken the text or bytes, so that no more than that is held. */
export function writerOf(stream: Writable): (content: string | Uint8Array) => Promise<void> {
  stream.on('error', () => undefined);
  return (content) =>
    new Promise((resolve, reject) => {
      stream.write(content, (error) => {
        if (!error) resolve();
        else reject(isClosed(error) ? new OutputClosedError('The output is closed.') : error);
      });
    });
}

const isClosed = ({ code }: NodeJS.ErrnoException) =>
  code === 'EPIPE' || code === 'ERR_STREAM_DESTROYED' || code === 'ERR_STREAM_WRITE_AFTER_END';
