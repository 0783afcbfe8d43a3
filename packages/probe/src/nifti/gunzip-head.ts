import { Gunzip } from 'fflate';
import { ProbeError } from '../probe-error.js';

/** What the start of a gzip stream unpacks to, at most `maxBytes` of it. */
export function gunzipHead(bytes: Uint8Array, maxBytes: number): Uint8Array {
  const unpacked = new Uint8Array(maxBytes);
  let length = 0;
  const gunzip = new Gunzip((piece) => {
    const fitting = piece.subarray(0, maxBytes - length);
    unpacked.set(fitting, length);
    length += fitting.length;
  });
  try {
    // In small pieces: one piece of zeros unpacks to a thousand times its size.
    for (let at = 0; at < bytes.length && length < maxBytes; at += 1024)
      gunzip.push(bytes.slice(at, at + 1024));
  } catch (cause) {
    // What is behind the wanted bytes does not matter.
    if (length < maxBytes)
      throw new ProbeError('corrupt', 'The gzip compression of the object is damaged.', { cause });
  }
  return unpacked.subarray(0, length);
}
