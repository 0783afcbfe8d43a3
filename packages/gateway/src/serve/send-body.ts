import type { CachedObject } from '../cache/cached-object.js';
import { Reader } from '../cache/reader.js';
import type { ByteRange } from '../http/conditions.js';
import { OriginError } from '../origin/origin.js';
import type { Exchange } from './exchange.js';
import { toRefusal } from './origin-refusal.js';

/** The head goes out with the first bytes, so that a failure before them is still told. @throws {Refusal} */
export async function sendBody(
  exchange: Exchange,
  object: CachedObject,
  range: ByteRange,
  writeHead: () => void,
): Promise<void> {
  const { response } = exchange;
  const reader = new Reader();
  object.enter();
  response.on('close', reader.wake);
  try {
    await copy(exchange, object, range, reader, writeHead);
  } catch (error) {
    if (!response.headersSent) throw error instanceof OriginError ? toRefusal(error) : error;
    exchange.fault = error instanceof OriginError ? `origin_${error.kind}` : 'internal_error';
    // A body that ends early has to look like that to the client.
    response.destroy();
  } finally {
    reader.leave();
    object.leave();
  }
}

async function copy(
  exchange: Exchange,
  object: CachedObject,
  { start, end }: ByteRange,
  reader: Reader,
  writeHead: () => void,
): Promise<void> {
  const { response } = exchange;
  for (let at = start; at < end && !response.destroyed; ) {
    const got = object.read(at, end, reader);
    const bytes = got instanceof Promise ? await got : got;
    if (bytes === null || response.destroyed) continue;
    if (at === start) writeHead();
    at += bytes.length;
    exchange.bytes += bytes.length;
    if (at === end) response.end(bytes);
    else if (!response.write(bytes)) await drained(exchange);
  }
}

function drained({ response }: Exchange): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      response.off('drain', done).off('close', done);
      resolve();
    };
    response.on('drain', done).on('close', done);
  });
}
