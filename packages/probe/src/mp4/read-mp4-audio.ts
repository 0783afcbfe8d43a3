import type { Input } from 'mediabunny';
import type { AudioFacts } from '../audio/audio-facts.js';
import type { ByteSource } from '../byte-source.js';
import { ProbeError } from '../probe-error.js';
import { codecNameOf } from './codec-name.js';
import { withMp4 } from './with-mp4.js';

/** The first audio track of MP4, M4A and QuickTime. */
export function readMp4Audio(source: ByteSource): Promise<AudioFacts> {
  return withMp4(source, readFacts);
}

async function readFacts(input: Input): Promise<AudioFacts> {
  const track = await input.getPrimaryAudioTrack();
  if (!track)
    throw new ProbeError('wrong_type', 'Expected an audio file, found an MP4 file without an audio track.');
  const codec = await codecNameOf(track);
  const video = await input.getPrimaryVideoTrack();
  return {
    mimeType: video ? 'video/mp4' : 'audio/mp4',
    codec,
    sampleRate: await track.getSampleRate(),
    numChannels: await track.getNumberOfChannels(),
    bitDepth: Number(/^pcm_[suf](\d+)/.exec(codec)?.[1] ?? 0),
    duration: await track.computeDuration({ metadataOnly: true }),
  };
}
