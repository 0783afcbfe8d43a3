import type { ByteSource } from '../byte-source.js';
import { ProbeError } from '../probe-error.js';
import { readExactly, readName, viewOf } from '../read-exactly.js';
import type { AudioFacts } from './audio-facts.js';
import { readStreamInfo } from './read-flac.js';

interface Page {
  readonly serial: number;
  /** The position at the end of the page; -1: no packet ends in it. */
  readonly granule: number;
  readonly isFirst: boolean;
  readonly start: number;
  readonly end: number;
}
interface Stream extends Pick<AudioFacts, 'codec' | 'sampleRate' | 'numChannels' | 'bitDepth'> {
  /** Of one second of the granule position, and what of it comes before the sound. */
  readonly granuleRate: number;
  readonly skipped: number;
}

const maxStreams = 32;
/** A page has 64 KiB at most; with a video beside it the last one of the audio lies farther ahead. */
const tailBytes = [64 * 1024, 512 * 1024];

/** Vorbis, Opus and FLAC in Ogg: the headers tell all but the duration, which the last page tells. */
export async function readOgg(source: ByteSource): Promise<AudioFacts> {
  let at = 0;
  for (let count = 0; count < maxStreams; count += 1) {
    const page = await readPage(source, at);
    // The headers of all streams come first.
    if (!page.isFirst) break;
    const stream = parseHeader(viewOf(await source.read(page.start, Math.min(80, page.end - page.start))));
    if (stream) {
      const { granuleRate, skipped, ...facts } = stream;
      const last = await lastGranule(source, page.serial);
      return { mimeType: 'audio/ogg', ...facts, duration: Math.max(0, last - skipped) / granuleRate };
    }
    at = page.end;
  }
  throw new ProbeError('unsupported', 'The Ogg file has no audio of Vorbis, Opus or FLAC.');
}

async function readPage(source: ByteSource, at: number): Promise<Page> {
  const header = await readExactly(source, at, 27);
  if (readName(header, 0) !== 'OggS')
    throw new ProbeError('corrupt', `The Ogg file has no page at byte ${at}.`);
  const lacing = await readExactly(source, at + 27, header.getUint8(26));
  let length = 0;
  for (let i = 0; i < lacing.byteLength; i += 1) length += lacing.getUint8(i);
  const start = at + 27 + lacing.byteLength;
  return {
    serial: header.getUint32(14, true),
    granule: Number(header.getBigInt64(6, true)),
    isFirst: (header.getUint8(5) & 2) !== 0,
    start,
    end: start + length,
  };
}

/** Null: a stream of another kind. */
function parseHeader(view: DataView): Stream | null {
  const text = new TextDecoder('latin1').decode(view);
  if (text.startsWith('\x01vorbis')) {
    const sampleRate = view.getUint32(12, true);
    return {
      codec: 'vorbis',
      numChannels: view.getUint8(11),
      bitDepth: 0,
      sampleRate,
      granuleRate: sampleRate,
      skipped: 0,
    };
  }
  if (text.startsWith('OpusHead')) {
    const skipped = view.getUint16(10, true);
    // It is always decoded at 48 kHz.
    return {
      codec: 'opus',
      numChannels: view.getUint8(9),
      bitDepth: 0,
      sampleRate: 48000,
      granuleRate: 48000,
      skipped,
    };
  }
  if (!text.startsWith('\x7fFLAC')) return null;
  const { sampleRate, numChannels, bitDepth } = readStreamInfo(view, 17);
  return { codec: 'flac', numChannels, bitDepth, sampleRate, granuleRate: sampleRate, skipped: 0 };
}

async function lastGranule(source: ByteSource, serial: number): Promise<number> {
  const size = await source.size();
  for (const bytes of tailBytes) {
    const from = Math.max(0, size - bytes);
    const view = viewOf(await source.read(from, bytes));
    for (let at = view.byteLength - 27; at >= 0; at -= 1) {
      if (view.getUint8(at) !== 0x4f || readName(view, at) !== 'OggS') continue;
      const granule = Number(view.getBigInt64(at + 6, true));
      if (view.getUint32(at + 14, true) === serial && granule >= 0) return granule;
    }
    if (from === 0) break;
  }
  throw new ProbeError('corrupt', 'The Ogg file has no page of its audio at its end.');
}
