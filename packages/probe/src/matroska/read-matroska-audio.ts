import type { AudioFacts } from '../audio/audio-facts.js';
import type { ByteSource } from '../byte-source.js';
import { ProbeError } from '../probe-error.js';
import { readHeaders } from './read-headers.js';
import { measureDuration } from './timing.js';

/** WebM and Matroska: the first audio track. */
export async function readMatroskaAudio(source: ByteSource): Promise<AudioFacts> {
  const headers = await readHeaders(source);
  const track = headers.tracks.find(({ type }) => type === 'audio');
  if (!track)
    throw new ProbeError(
      'wrong_type',
      'Expected an audio file, found a Matroska or WebM file without an audio track.',
    );
  const { codec, sampleRate, numChannels, bitDepth } = track;
  const family = headers.tracks.some(({ type }) => type === 'video') ? 'video' : 'audio';
  return {
    mimeType: `${family}/${headers.isWebm ? 'webm' : 'x-matroska'}`,
    codec,
    sampleRate,
    numChannels,
    bitDepth: codec.startsWith('pcm_') || codec === 'flac' ? bitDepth : 0,
    duration: headers.duration ?? (await measureDuration(source, headers)),
    estimated: headers.duration === null,
  };
}
