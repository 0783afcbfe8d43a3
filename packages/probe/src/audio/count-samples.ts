import type { ByteSource } from '../byte-source.js';
import { viewOf } from '../read-exactly.js';
import { findFrame } from './find-frame.js';
import { frameHeaderBytes, type ParseFrame } from './frame-header.js';

/** Up to here every frame is counted. */
const exactBytes = 2 * 2 ** 20;
const chunkBytes = 512 * 1024;
/** Of what is longer, pieces spread over the whole. */
const places = 24;
const placeBytes = 64 * 1024;

interface Count {
  readonly samples: number;
  readonly bytes: number;
}

/** Samples from `start` up to the end of the object, of a stream that does not tell them. */
export async function countSamples(
  source: ByteSource,
  start: number,
  parse: ParseFrame,
): Promise<{ samples: number; estimated: boolean }> {
  const size = await source.size();
  if (size - start <= exactBytes) return { samples: await countAll(source, start, parse), estimated: false };
  let samples = 0;
  let bytes = 0;
  const step = (size - start - placeBytes) / (places - 1);
  for (let place = 0; place < places; place += 1) {
    // On the pages that are fetched as a whole.
    const from = Math.floor((start + step * place) / placeBytes) * placeBytes;
    const view = viewOf(await source.read(from, placeBytes));
    const first = findFrame(view, Math.max(0, start - from), parse, { whole: false });
    const count = first ? countIn(view, first.at, parse) : { samples: 0, bytes: 0 };
    samples += count.samples;
    bytes += count.bytes;
  }
  return { samples: bytes === 0 ? 0 : ((size - start) * samples) / bytes, estimated: true };
}

async function countAll(source: ByteSource, start: number, parse: ParseFrame): Promise<number> {
  const size = await source.size();
  let samples = 0;
  for (let at = start; at < size; ) {
    const view = viewOf(await source.read(at, chunkBytes));
    const count = countIn(view, 0, parse);
    // Neither a frame nor its beginning: a tag behind the audio, or damage.
    if (count.bytes === 0) break;
    samples += count.samples;
    at += count.bytes;
  }
  return samples;
}

function countIn(view: DataView, from: number, parse: ParseFrame): Count {
  let at = from;
  let samples = 0;
  while (at + frameHeaderBytes <= view.byteLength) {
    const header = parse(view, at);
    if (!header) break;
    samples += header.samples;
    at += header.bytes;
  }
  return { samples, bytes: at - from };
}
