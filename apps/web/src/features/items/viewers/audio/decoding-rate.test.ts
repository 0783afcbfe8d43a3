import { expect, test } from 'vitest';
import { decodingRate } from './decoding-rate.js';

test.each([
  [{ audioSampleRate: 44_100, audioNumChannels: 2, duration: 60 }, 44_100],
  [{ audioSampleRate: 192_000, audioNumChannels: 1, duration: 1 }, 96_000],
  [{ audioSampleRate: 44_100, audioNumChannels: 2, duration: 1500 }, 20_000],
  [{ audioSampleRate: 44_100, audioNumChannels: 2, duration: 86_400 }, 8000],
  [{ audioSampleRate: null, audioNumChannels: null, duration: null }, 44_100],
])('%j is decoded at %i Hz', (sound, rate) => {
  expect(decodingRate(sound)).toBe(rate);
});
