import type { ByteSource } from '../byte-source.js';
import { ProbeError } from '../probe-error.js';
import { viewOf } from '../read-exactly.js';
import { parseAc3Frame } from './ac3-frame.js';
import { parseAdtsFrame } from './adts-frame.js';
import type { AudioFacts } from './audio-facts.js';
import { countSamples } from './count-samples.js';
import { findFrame } from './find-frame.js';
import type { FrameHeader, ParseFrame } from './frame-header.js';
import { parseMpegFrame, readMpegFrameCount } from './mpeg-frame.js';
import { readFlacAt } from './read-flac.js';
import { skipId3 } from './skip-id3.js';

const parsers: readonly ParseFrame[] = [parseMpegFrame, parseAdtsFrame, parseAc3Frame];
/** Padding and leftovers of cut streams before the first frame. */
const searchBytes = 64 * 1024;

/** MP3, AAC (ADTS), AC-3 and E-AC-3: frames one after the other, with or without tags before them. */
export async function readFrameStream(source: ByteSource): Promise<AudioFacts> {
  const start = await skipId3(source);
  const bytes = await source.read(start, searchBytes);
  if (bytes.length === 0)
    throw new ProbeError('truncated', 'The object ends within the tag before its audio.');
  if (bytes[0] === 0x66 && bytes[1] === 0x4c && bytes[2] === 0x61 && bytes[3] === 0x43)
    return await readFlacAt(source, start);
  const view = viewOf(bytes);
  const whole = start + bytes.length >= (await source.size());
  const { at, header, parse } = findFirst(view, whole);
  const { mimeType, codec, sampleRate, numChannels } = header;
  const facts = { mimeType, codec, sampleRate, numChannels, bitDepth: 0 };
  const frames = parse === parseMpegFrame ? readMpegFrameCount(view, at) : null;
  if (frames !== null) return { ...facts, duration: (frames * header.samples) / sampleRate };
  const { samples, estimated } = await countSamples(source, start + at, parse);
  return { ...facts, duration: samples / sampleRate, estimated };
}

/** The parser that finds frames first. */
function findFirst(view: DataView, whole: boolean): { at: number; header: FrameHeader; parse: ParseFrame } {
  const found = parsers
    .flatMap((parse) => {
      const frame = findFrame(view, 0, parse, { whole });
      return frame ? [{ ...frame, parse }] : [];
    })
    .sort((a, b) => a.at - b.at);
  const [first] = found;
  if (!first)
    throw new ProbeError('corrupt', `There is no audio frame within the first ${view.byteLength} bytes.`);
  return first;
}
