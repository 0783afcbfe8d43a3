import type { ByteSource } from '../byte-source.js';
import { ProbeError } from '../probe-error.js';
import { viewOf } from '../read-exactly.js';
import { parseElement } from './ebml.js';
import { type Headers, ids } from './read-headers.js';
import { walkBlocks } from './walk-blocks.js';

/** Up to this size every block is looked at, which costs as many bytes. */
const exactBytes = 2 * 2 ** 20;
/** Of a larger file: blocks from its first cluster on. At a high bit rate each costs a page of 64 KiB. */
const sampledBlocks = 20;
const tailBytes = [256 * 1024, 2 * 2 ** 20, 8 * 2 ** 20];

/** Frames a second of a track that does not tell the time of one. */
export async function measureFrameRate(
  source: ByteSource,
  headers: Headers,
  track: number,
): Promise<{ fps: number; estimated: boolean }> {
  const whole = (await source.size()) <= exactBytes;
  const times: number[] = [];
  for await (const block of walkBlocks(source, headers.clusters)) {
    if (block.track === track) times.push(block.time);
    if (!whole && times.length >= sampledBlocks) break;
  }
  // Frames are stored in the order of decoding.
  times.sort((a, b) => a - b);
  const first = times[0] ?? 0;
  const last = times.at(-1) ?? 0;
  if (last === first)
    throw new ProbeError('corrupt', 'The video has a single frame or none: its frame rate is unknown.');
  return { fps: ((times.length - 1) * 1e9) / ((last - first) * headers.tickNs), estimated: !whole };
}

/** The last timestamp, in seconds from the first one, of a file that does not tell its duration. */
export async function measureDuration(source: ByteSource, headers: Headers): Promise<number> {
  const size = await source.size();
  let first: number | null = null;
  for await (const { time } of walkBlocks(source, headers.clusters)) {
    first = time;
    break;
  }
  for (const bytes of tailBytes) {
    const start = size <= bytes ? headers.clusters : await lastCluster(source, size - bytes);
    if (start === null) continue;
    let last: number | null = null;
    for await (const { time } of walkBlocks(source, start)) last = Math.max(last ?? time, time);
    if (first !== null && last !== null) return ((last - first) * headers.tickNs) / 1e9;
  }
  throw new ProbeError(
    'unsupported',
    'The file does not tell its duration, and its last cluster is too long to be read for it.',
  );
}

async function lastCluster(source: ByteSource, from: number): Promise<number | null> {
  const view = viewOf(await source.read(from, (await source.size()) - from));
  for (let at = view.byteLength - 12; at >= 0; at -= 1) {
    if (view.getUint32(at) !== ids.cluster || !beginsWithTime(view, at)) continue;
    return from + at;
  }
  return null;
}

/** The id alone may be chance: the timestamp is the first thing in a cluster. */
function beginsWithTime(view: DataView, at: number): boolean {
  try {
    return view.getUint8(parseElement(view, at).start) === 0xe7;
  } catch {
    return false;
  }
}
