import type { ByteSource } from '../byte-source.js';
import { ProbeError } from '../probe-error.js';
import type { Measured } from '../reader.js';
import { sniffSource } from '../sniff/sniff.js';
import { wrongType } from '../wrong-type.js';
import type { AudioFacts } from './audio-facts.js';

type FactsReader = (source: ByteSource) => Promise<AudioFacts>;

const readFrames = async (): Promise<FactsReader> => (await import('./read-frame-stream.js')).readFrameStream;
const readMp4 = async (): Promise<FactsReader> => (await import('../mp4/read-mp4-audio.js')).readMp4Audio;

const readers: Readonly<Record<string, () => Promise<FactsReader>>> = {
  'audio/wav': async () => (await import('./read-wav.js')).readWav,
  'audio/flac': async () => (await import('./read-flac.js')).readFlac,
  'audio/ogg': async () => (await import('./read-ogg.js')).readOgg,
  'audio/mpeg': readFrames,
  'audio/aac': readFrames,
  'audio/ac3': readFrames,
  'audio/mp4': readMp4,
  'video/mp4': readMp4,
  'video/quicktime': readMp4,
  'video/x-matroska': async () => (await import('../matroska/read-matroska-audio.js')).readMatroskaAudio,
};

/** The first audio track; that of a video file as well, whose MIME type then says that it is one. */
export async function readAudio(source: ByteSource): Promise<Measured<'audio'>> {
  const fileSize = await source.size();
  const found = await sniffSource(source);
  if (!found) throw wrongType('audio', found);
  const reader = readers[found.mimeType];
  if (!reader) {
    throw new ProbeError(
      'unsupported',
      `The object is ${found.name}, which is not measured. Measured are MP3, WAV, FLAC, AAC, M4A, Ogg (Vorbis, Opus, FLAC), AC-3, E-AC-3, WebM and Matroska.`,
    );
  }
  const read = await reader();
  const { mimeType, codec, sampleRate, numChannels, bitDepth, duration, estimated } = await read(source);
  return {
    metadata: { duration, fileSize, mimeType, sampleRate, bitDepth, codec, numChannels },
    facts: { durationEstimated: estimated ?? false },
  };
}
