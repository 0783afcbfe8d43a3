import type { ByteSource } from '../byte-source.js';
import { ProbeError } from '../probe-error.js';
import { readExactly, readName } from '../read-exactly.js';
import type { AudioFacts } from './audio-facts.js';

interface Format {
  readonly codec: string;
  readonly sampleRate: number;
  readonly numChannels: number;
  readonly bitDepth: number;
  readonly bytesPerSecond: number;
}

const maxChunks = 1000;
/** In place of a size that a stream did not know, or that stands in the chunk `ds64`. */
const unknownSize = 0xffffffff;

const formats: Readonly<Record<number, (bits: number) => string>> = {
  1: (bits) => (bits <= 8 ? 'pcm_u8' : `pcm_s${bits}le`),
  2: () => 'adpcm_ms',
  3: (bits) => `pcm_f${bits}le`,
  6: () => 'pcm_alaw',
  7: () => 'pcm_mulaw',
  17: () => 'adpcm_ima_wav',
  85: () => 'mp3',
};

/** RIFF and RF64, from chunk to chunk. */
export async function readWav(source: ByteSource): Promise<AudioFacts> {
  const size = await source.size();
  let format: Format | null = null;
  let samples: number | null = null;
  let longDataSize: number | null = null;
  let at = 12;
  for (let count = 0; at + 8 <= size && count < maxChunks; count += 1) {
    const header = await readExactly(source, at, 8);
    const name = readName(header, 0);
    const length = header.getUint32(4, true);
    const start = at + 8;
    if (name === 'ds64') longDataSize = Number((await readExactly(source, start, 16)).getBigUint64(8, true));
    else if (name === 'fmt ') format = await readFormat(source, start, length);
    else if (name === 'fact') samples = (await readExactly(source, start, 4)).getUint32(0, true);
    else if (name === 'data') {
      if (!format) throw new ProbeError('corrupt', 'The WAV file has no format before its samples.');
      const promised = length === unknownSize ? (longDataSize ?? size - start) : length || size - start;
      return toFacts(format, samples, promised, size - start);
    }
    at = start + length + (length & 1);
  }
  throw new ProbeError('truncated', 'The WAV file has no samples: it has no chunk "data".');
}

async function readFormat(source: ByteSource, start: number, length: number): Promise<Format> {
  const view = await readExactly(source, start, Math.min(Math.max(length, 16), 40));
  const bits = view.getUint16(14, true);
  const plain = view.getUint16(0, true);
  // WAVE_FORMAT_EXTENSIBLE: the format is the beginning of a GUID.
  const tag = plain === 0xfffe && view.byteLength >= 40 ? view.getUint16(24, true) : plain;
  const codec = formats[tag]?.(bits);
  if (!codec)
    throw new ProbeError(
      'unsupported',
      `The WAV file has samples of format 0x${tag.toString(16)}, which is not measured.`,
    );
  const pcm = codec.startsWith('pcm_');
  return {
    codec,
    numChannels: view.getUint16(2, true),
    sampleRate: view.getUint32(4, true),
    bytesPerSecond: pcm ? view.getUint32(4, true) * view.getUint16(12, true) : view.getUint32(8, true),
    bitDepth: pcm || codec.startsWith('adpcm') ? bits : 0,
  };
}

function toFacts(format: Format, samples: number | null, promised: number, present: number): AudioFacts {
  if (promised > present)
    throw new ProbeError(
      'truncated',
      `The WAV file says that it has ${promised} bytes of samples; there are ${present}.`,
    );
  const { codec, sampleRate, numChannels, bitDepth, bytesPerSecond } = format;
  // The number of samples stands beside those formats whose bytes do not tell it.
  const counted =
    codec.startsWith('pcm_') || samples === null ? promised / bytesPerSecond : samples / sampleRate;
  return { mimeType: 'audio/wav', codec, sampleRate, numChannels, bitDepth, duration: counted };
}
