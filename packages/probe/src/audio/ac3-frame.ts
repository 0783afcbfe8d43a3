import type { FrameHeader } from './frame-header.js';

const sampleRates = [48000, 44100, 32000];
const halfRates = [24000, 22050, 16000];
const kilobits = [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384, 448, 512, 576, 640];
/** By `acmod`, without the low-frequency channel. */
const channels = [2, 1, 2, 3, 3, 4, 4, 5];
const blocks = [1, 2, 3, 6];

/** AC-3 and E-AC-3; which of them it is, `bsid` tells. */
export function parseAc3Frame(view: DataView, at: number): FrameHeader | null {
  if (view.getUint16(at) !== 0x0b77) return null;
  const bsid = view.getUint8(at + 5) >> 3;
  if (bsid <= 10) return parseAc3(view, at, bsid);
  return bsid <= 16 ? parseEac3(view, at) : null;
}

function parseAc3(view: DataView, at: number, bsid: number): FrameHeader | null {
  const code = view.getUint8(at + 4);
  const rate = sampleRates[code >> 6];
  const bitrate = kilobits[(code & 63) >> 1];
  if (rate === undefined || bitrate === undefined) return null;
  const words = rate === 44100 ? Math.floor((bitrate * 320) / 147) + (code & 1) : (bitrate * 96_000) / rate;
  const modes = view.getUint16(at + 6);
  const acmod = modes >> 13;
  // Mix levels stand before the flag of the low-frequency channel, depending on the mode.
  let bit = 12;
  if ((acmod & 1) === 1 && acmod !== 1) bit -= 2;
  if ((acmod & 4) !== 0) bit -= 2;
  if (acmod === 2) bit -= 2;
  return {
    mimeType: 'audio/ac3',
    codec: 'ac3',
    bytes: words * 2,
    samples: 1536,
    // 9 and 10 halve and quarter the rate.
    sampleRate: rate >> Math.max(0, bsid - 8),
    numChannels: (channels[acmod] ?? 0) + ((modes >> bit) & 1),
  };
}

function parseEac3(view: DataView, at: number): FrameHeader | null {
  const word = view.getUint32(at + 2);
  const streamType = word >>> 30;
  const substream = (word >>> 27) & 7;
  const code = (word >>> 14) & 3;
  const second = (word >>> 12) & 3;
  const sampleRate = code === 3 ? halfRates[second] : sampleRates[code];
  if (streamType === 3 || sampleRate === undefined) return null;
  const count = code === 3 ? 6 : (blocks[second] ?? 0);
  // Dependent frames add channels, other substreams add programs, to the time of the frame before them.
  const first = streamType !== 1 && substream === 0;
  return {
    mimeType: 'audio/eac3',
    codec: 'eac3',
    bytes: (((word >>> 16) & 0x7ff) + 1) * 2,
    samples: first ? count * 256 : 0,
    sampleRate,
    numChannels: (channels[(word >>> 9) & 7] ?? 0) + ((word >>> 8) & 1),
  };
}
