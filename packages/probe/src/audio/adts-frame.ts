import type { FrameHeader } from './frame-header.js';

const sampleRates = [96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000, 7350];
const channels = [0, 1, 2, 3, 4, 5, 6, 8];

/** AAC in ADTS. With implicit SBR (HE-AAC) the sample rate is that of its core, half of what is heard. */
export function parseAdtsFrame(view: DataView, at: number): FrameHeader | null {
  const word = view.getUint32(at);
  const rest = view.getUint32(at + 3);
  const sampleRate = sampleRates[(word >>> 10) & 15];
  const bytes = (rest >>> 13) & 0x1fff;
  // 12 bits of sync word, layer 0.
  if (word >>> 20 !== 0xfff || ((word >>> 17) & 3) !== 0 || sampleRate === undefined || bytes < 7)
    return null;
  return {
    mimeType: 'audio/aac',
    codec: 'aac',
    bytes,
    samples: 1024 * ((view.getUint8(at + 6) & 3) + 1),
    sampleRate,
    numChannels: channels[(word >>> 6) & 7] ?? 0,
  };
}
