import { expect, test } from 'vitest';
import { compareMetadata } from './compare-metadata.js';

const video = {
  fps: 23.976,
  duration: 29.09,
  width: 640,
  height: 480,
  fileSize: 1000,
  mimeType: 'video/mp4',
};
const audio = {
  duration: 2,
  fileSize: 10,
  mimeType: 'audio/mpeg',
  sampleRate: 44100,
  bitDepth: 16,
  codec: 'mp3',
  numChannels: 2,
};
const uid = (value: string) => ({ vr: 'UI', Value: [value] });

test('names each field that differs, with what is claimed and what was found', () => {
  expect(compareMetadata({ ...video, width: 1280, mimeType: 'video/webm' }, video)).toEqual([
    { field: 'width', claimed: 1280, measured: 640 },
    { field: 'mimeType', claimed: 'video/webm', measured: 'video/mp4' },
  ]);
});

test('takes what was rounded for the same, and nothing beyond', () => {
  expect(compareMetadata({ ...video, fps: 23.98, duration: 29.1 }, video)).toEqual([]);
  expect(compareMetadata({ ...video, fps: 24, duration: 30 }, video).map(({ field }) => field)).toEqual([
    'fps',
    'duration',
  ]);
  expect(compareMetadata({ ...video, fileSize: 1001 }, video)).toHaveLength(1);
});

test('takes other names of a type or codec for the same', () => {
  expect(compareMetadata({ ...audio, mimeType: 'audio/mp3; x=1', codec: 'MP3' }, audio)).toEqual([]);
  expect(compareMetadata({ ...audio, codec: 'pcm_s16le' }, { ...audio, codec: 'pcm-s16' })).toEqual([]);
  expect(compareMetadata({ ...audio, codec: 'flac' }, audio)).toHaveLength(1);
});

test('takes a type that says nothing, and the bit depth of a codec that has none, for no claim', () => {
  expect(compareMetadata({ ...video, mimeType: 'application/octet-stream' }, video)).toEqual([]);
  expect(compareMetadata(audio, { ...audio, bitDepth: 0 })).toEqual([]);
  expect(compareMetadata(audio, { ...audio, bitDepth: 24 })).toHaveLength(1);
});

test('compares the tags that are given', () => {
  const measured = { tags: { '0020000E': uid('1.2'), '00280010': { vr: 'US', Value: [512] } } };
  expect(compareMetadata({ tags: { '0020000E': uid('1.2'), '00100020': null } }, measured)).toEqual([]);
  expect(compareMetadata({ tags: { '0020000E': uid('1.3'), '00280010': null } }, measured)).toEqual([
    { field: 'tags.0020000E', claimed: ['1.3'], measured: ['1.2'] },
    { field: 'tags.00280010', claimed: null, measured: [512] },
  ]);
});
