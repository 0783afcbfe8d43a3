import { type Element, floatOf, innerElements, textOf, unsignedOf } from './ebml.js';

/** What is used of a track. Sizes are as shown: with crop and pixel aspect. */
export interface Track {
  readonly number: number;
  readonly type: 'video' | 'audio' | 'other';
  readonly codec: string;
  /** Nanoseconds of one frame; 0: not told. */
  readonly frameNs: number;
  readonly width: number;
  readonly height: number;
  readonly sampleRate: number;
  readonly numChannels: number;
  readonly bitDepth: number;
}

const ids = {
  number: 0xd7,
  type: 0x83,
  codec: 0x86,
  frameNs: 0x23e383,
  video: 0xe0,
  audio: 0xe1,
  pixelWidth: 0xb0,
  pixelHeight: 0xba,
  cropBottom: 0x54aa,
  cropTop: 0x54bb,
  cropLeft: 0x54cc,
  cropRight: 0x54dd,
  displayWidth: 0x54b0,
  displayHeight: 0x54ba,
  displayUnit: 0x54b2,
  projection: 0x7670,
  roll: 0x7675,
  sampleRate: 0xb5,
  channels: 0x9f,
  bitDepth: 0x6264,
} as const;

const types: Readonly<Record<number, Track['type']>> = { 1: 'video', 2: 'audio' };
const codecs: Readonly<Record<string, string>> = {
  V_VP8: 'vp8',
  V_VP9: 'vp9',
  V_AV1: 'av1',
  'V_MPEG4/ISO/AVC': 'h264',
  'V_MPEGH/ISO/HEVC': 'hevc',
  'V_MPEG4/ISO/ASP': 'mpeg4',
  A_OPUS: 'opus',
  A_VORBIS: 'vorbis',
  A_AAC: 'aac',
  A_FLAC: 'flac',
  A_AC3: 'ac3',
  A_EAC3: 'eac3',
  'A_MPEG/L3': 'mp3',
};

type Numbers = (id: number, otherwise?: number) => number;
type Inner = readonly (Element & { end: number })[];

export function parseTrack(view: DataView, entry: { start: number; end: number }): Track {
  const inner = innerElements(view, entry.start, entry.end);
  const number = numbersOf(view, inner);
  const codecId = inner.find(({ id }) => id === ids.codec);
  const audio = childrenOf(view, inner, ids.audio);
  const audioNumber = numbersOf(view, audio);
  const rate = audio.find(({ id }) => id === ids.sampleRate);
  const bitDepth = audioNumber(ids.bitDepth);
  return {
    number: number(ids.number),
    type: types[number(ids.type)] ?? 'other',
    codec: codecName(codecId ? textOf(view, codecId) : '', bitDepth),
    frameNs: number(ids.frameNs),
    ...shownSize(view, childrenOf(view, inner, ids.video)),
    sampleRate: Math.round(rate ? floatOf(view, rate) : 8000),
    numChannels: audioNumber(ids.channels, 1),
    bitDepth,
  };
}

function shownSize(view: DataView, video: Inner): { width: number; height: number } {
  const number = numbersOf(view, video);
  const storedWidth = number(ids.pixelWidth) - number(ids.cropLeft) - number(ids.cropRight);
  const storedHeight = number(ids.pixelHeight) - number(ids.cropTop) - number(ids.cropBottom);
  const width = number(ids.displayWidth, storedWidth);
  const height = number(ids.displayHeight, storedHeight);
  // Units other than pixels (0) give the aspect ratio alone.
  const size =
    number(ids.displayUnit) === 0
      ? { width, height }
      : { width: Math.round((storedHeight * width) / height), height: storedHeight };
  const roll = childrenOf(view, video, ids.projection).find(({ id }) => id === ids.roll);
  const turned = roll && Math.abs(Math.round(floatOf(view, roll) / 90)) % 2 === 1;
  return turned ? { width: size.height, height: size.width } : size;
}

function codecName(id: string, bitDepth: number): string {
  if (id === 'A_PCM/INT/LIT') return bitDepth === 8 ? 'pcm_u8' : `pcm_s${bitDepth}le`;
  if (id === 'A_PCM/FLOAT/IEEE') return `pcm_f${bitDepth}le`;
  return codecs[id] ?? (id.startsWith('A_AAC/') ? 'aac' : id.slice(0, 100) || 'unknown');
}

function childrenOf(view: DataView, inner: Inner, id: number): Inner {
  const parent = inner.find((element) => element.id === id);
  return parent ? innerElements(view, parent.start, parent.end) : [];
}

function numbersOf(view: DataView, inner: Inner): Numbers {
  return (id, otherwise = 0) => {
    const element = inner.find((candidate) => candidate.id === id);
    return element ? unsignedOf(view, element) : otherwise;
  };
}
