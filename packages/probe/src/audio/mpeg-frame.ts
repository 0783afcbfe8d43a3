import type { FrameHeader } from './frame-header.js';

const sampleRates = [44100, 48000, 32000];
const bitrates: Readonly<Record<string, readonly number[]>> = {
  '1/1': [32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448],
  '1/2': [32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384],
  '1/3': [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  '2/1': [32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256],
  '2/2': [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
  '2/3': [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
};

/** MPEG-1, 2 and 2.5, layers 1 to 3. */
export function parseMpegFrame(view: DataView, at: number): FrameHeader | null {
  const word = view.getUint32(at);
  const version = (word >>> 19) & 3;
  const layer = 4 - ((word >>> 17) & 3);
  const rate = sampleRates[(word >>> 10) & 3];
  if (word >>> 21 !== 0x7ff || version === 1 || layer === 4 || rate === undefined) return null;
  const kilobits = bitrates[`${version === 3 ? 1 : 2}/${layer}`]?.[((word >>> 12) & 15) - 1];
  if (kilobits === undefined) return null;
  const sampleRate = rate / (version === 3 ? 1 : version === 2 ? 2 : 4);
  const samples = layer === 1 ? 384 : layer === 3 && version !== 3 ? 576 : 1152;
  const padding = (word >>> 9) & 1;
  const bytes =
    layer === 1
      ? (Math.floor((12_000 * kilobits) / sampleRate) + padding) * 4
      : Math.floor((samples * 125 * kilobits) / sampleRate) + padding;
  return {
    mimeType: 'audio/mpeg',
    codec: `mp${layer}`,
    bytes,
    samples,
    sampleRate,
    numChannels: ((word >>> 6) & 3) === 3 ? 1 : 2,
  };
}

/** Frames of the whole file, as the tag in its first frame tells (Xing, Info, VBRI); null: it has none. */
export function readMpegFrameCount(view: DataView, at: number): number | null {
  const word = view.getUint32(at);
  const mono = ((word >>> 6) & 3) === 3;
  const sideBytes = ((word >>> 19) & 3) === 3 ? (mono ? 17 : 32) : mono ? 9 : 17;
  const xing = at + 4 + sideBytes;
  if (['Xing', 'Info'].includes(textAt(view, xing)) && xing + 12 <= view.byteLength)
    return (view.getUint32(xing + 4) & 1) === 1 ? view.getUint32(xing + 8) : null;
  const vbri = at + 36;
  return textAt(view, vbri) === 'VBRI' && vbri + 18 <= view.byteLength ? view.getUint32(vbri + 14) : null;
}

function textAt(view: DataView, at: number): string {
  return at + 4 > view.byteLength
    ? ''
    : String.fromCharCode(...[0, 1, 2, 3].map((offset) => view.getUint8(at + offset)));
}
