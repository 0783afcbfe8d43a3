import { describe, expect, it } from 'vitest';
import { bytesSource } from '../src/blob-source.js';
import { measure, probe } from '../src/probe.js';
import { readMedia } from './media-files.js';

const size = { width: 61, height: 37 };
const clip = { width: 64, height: 48, fps: 30000 / 1001 };
const sound = { bitDepth: 0, numChannels: 1 };

describe('an image', () => {
  it.each([
    ['photo.jpg', 'image/jpeg'],
    ['picture.png', 'image/png'],
    ['animation.gif', 'image/gif'],
    ['picture.webp', 'image/webp'],
    ['picture.avif', 'image/avif'],
    ['bitmap.bmp', 'image/bmp'],
    ['scan.tiff', 'image/tiff'],
    ['scan-be.tiff', 'image/tiff'],
  ])('%s has its type and size', async (name, mimeType) => {
    const bytes = readMedia(name);
    expect(await probe('image', bytesSource(bytes))).toEqual({ mimeType, fileSize: bytes.length, ...size });
  });
});

describe('a video', () => {
  it.each([
    ['clip.mp4', 'video/mp4', 1.001, { codec: 'h264', frames: 30, framesCounted: true }],
    ['clip.mov', 'video/quicktime', 1.001, { codec: 'h264', frames: 30, framesCounted: true }],
    ['fragments.mp4', 'video/mp4', 1.0677, { codec: 'h264', frames: 30, framesCounted: true }],
    ['clip.mkv', 'video/x-matroska', 1.047, { codec: 'h264', framesCounted: false }],
    ['clip.webm', 'video/webm', 1.001, { codec: 'vp9', frames: 30, framesCounted: false }],
    // As browsers record: neither a duration nor the lengths of clusters.
    ['recorded.webm', 'video/webm', 1.001, { codec: 'vp9', frames: 30, framesCounted: false }],
  ])('%s has its rate, duration and size', async (name, mimeType, duration, facts) => {
    const bytes = readMedia(name);
    const measured = await measure('video', bytesSource(bytes));
    const seconds = expect.closeTo(duration, 3) as number;
    const fps = expect.closeTo(clip.fps, 6) as number;
    expect(measured.metadata).toEqual({ mimeType, fileSize: bytes.length, ...clip, fps, duration: seconds });
    expect(measured.facts).toMatchObject({ ...facts, fpsEstimated: false });
  });
});

describe('an audio file', () => {
  it.each([
    ['sound.mp3', 'audio/mpeg', { codec: 'mp3', sampleRate: 22050, duration: 0.5747 }],
    ['plain.mp3', 'audio/mpeg', { codec: 'mp3', sampleRate: 22050, duration: 0.5747 }],
    ['sound.wav', 'audio/wav', { codec: 'pcm_s16le', sampleRate: 8000, duration: 0.5, bitDepth: 16 }],
    ['sound.flac', 'audio/flac', { codec: 'flac', sampleRate: 8000, duration: 0.5, bitDepth: 16 }],
    ['sound.aac', 'audio/aac', { codec: 'aac', sampleRate: 22050, duration: 0.5573 }],
    ['sound.m4a', 'audio/mp4', { codec: 'aac', sampleRate: 22050, duration: 0.5 }],
    ['sound.ogg', 'audio/ogg', { codec: 'vorbis', sampleRate: 22050, duration: 0.5 }],
    ['sound.opus', 'audio/ogg', { codec: 'opus', sampleRate: 48000, duration: 0.5 }],
    ['sound.ac3', 'audio/ac3', { codec: 'ac3', sampleRate: 32000, duration: 0.528 }],
    ['sound.eac3', 'audio/eac3', { codec: 'eac3', sampleRate: 32000, duration: 0.528 }],
    ['clip.mkv', 'video/x-matroska', { codec: 'aac', sampleRate: 22050, duration: 1.047 }],
  ])('%s has its codec, rate and duration', async (name, mimeType, { duration, ...facts }) => {
    const bytes = readMedia(name);
    const seconds = expect.closeTo(duration, 3) as number;
    expect(await probe('audio', bytesSource(bytes))).toEqual({
      mimeType,
      fileSize: bytes.length,
      ...sound,
      ...facts,
      duration: seconds,
    });
  });
});
