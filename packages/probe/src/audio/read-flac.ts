import type { ByteSource } from '../byte-source.js';
import { ProbeError } from '../probe-error.js';
import { readExactly, readName } from '../read-exactly.js';
import type { AudioFacts } from './audio-facts.js';

/** What the block STREAMINFO tells. */
export interface StreamInfo {
  readonly sampleRate: number;
  readonly numChannels: number;
  readonly bitDepth: number;
  /** 0: the encoder did not know it. */
  readonly samples: number;
}

export async function readFlac(source: ByteSource): Promise<AudioFacts> {
  return await readFlacAt(source, 0);
}

/** `start`: behind the tags that do not belong to the format, and are there. */
export async function readFlacAt(source: ByteSource, start: number): Promise<AudioFacts> {
  const view = await readExactly(source, start, 42);
  if (readName(view, 0) !== 'fLaC' || (view.getUint8(4) & 0x7f) !== 0)
    throw new ProbeError('corrupt', 'The FLAC file does not begin with its STREAMINFO.');
  const { samples, ...info } = readStreamInfo(view, 8);
  if (samples === 0)
    throw new ProbeError(
      'unsupported',
      'The FLAC file does not tell its length: it was written as a stream.',
    );
  return { mimeType: 'audio/flac', codec: 'flac', ...info, duration: samples / info.sampleRate };
}

export function readStreamInfo(view: DataView, at: number): StreamInfo {
  const packed = view.getUint32(at + 10);
  return {
    sampleRate: packed >>> 12,
    numChannels: ((packed >>> 9) & 7) + 1,
    bitDepth: ((packed >>> 4) & 31) + 1,
    samples: (packed & 15) * 2 ** 32 + view.getUint32(at + 14),
  };
}
