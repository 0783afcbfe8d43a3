import { openAsBlob } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { blobSource } from '../../src/blob-source.js';
import { measure } from '../../src/probe.js';
import { type Corpus, corpusNames, makeCorpus } from './corpus.js';
import { ffprobe, identify } from './truth.js';

let corpus: Corpus;
beforeAll(async () => {
  corpus = await makeCorpus();
}, 300_000);
afterAll(() => corpus[Symbol.asyncDispose]());

const source = async (file: string) => blobSource(await openAsBlob(file));

describe('a video is what ffprobe says', () => {
  it.each(corpusNames.video)('%s', async (name) => {
    const file = join(corpus.directory, name);
    const truth = ffprobe(file, 'video');
    const { metadata, facts } = await measure('video', await source(file));
    expect(metadata).toMatchObject({ width: truth.width, height: truth.height });
    expect(Math.abs(metadata.duration - truth.duration)).toBeLessThan(0.05);
    // ffprobe rounds the rate of a variable one; its count of packets is exact.
    const fps = name.startsWith('variable') ? truth.frames / truth.trackDuration : truth.fps;
    expect(Math.abs(metadata.fps / fps - 1)).toBeLessThan(0.001);
    expect(facts?.['codec']).toBe(truth.codec);
    if (facts?.['framesCounted']) expect(facts['frames']).toBe(truth.frames);
    else expect(Math.abs(Number(facts?.['frames']) - truth.frames)).toBeLessThanOrEqual(2);
  });
});

describe('an audio file is what ffprobe says', () => {
  it.each(corpusNames.audio)('%s', async (name) => {
    const file = join(corpus.directory, `audio-${name}`);
    const truth = ffprobe(file, 'audio');
    const { metadata } = await measure('audio', await source(file));
    const { codec, sampleRate, numChannels } = truth;
    const bitDepth = /^(pcm|flac|adpcm)/.test(codec) ? truth.bitDepth : 0;
    expect(metadata).toMatchObject({ codec, sampleRate, numChannels, bitDepth });
    // Without a container, ffprobe estimates from the bit rate, where we count the frames.
    const tolerance = /\.(aac|ac3|eac3)$/.test(name) ? 0.1 : 0.03;
    expect(Math.abs(metadata.duration - truth.duration)).toBeLessThan(tolerance);
  });
});

describe('an image is what ImageMagick says', () => {
  it.each(corpusNames.image)('%s', async (name) => {
    const file = join(corpus.directory, name);
    const { metadata } = await measure('image', await source(file));
    expect(metadata).toMatchObject({ width: 321, height: 123 });
    expect(identify(file)).toEqual({ width: metadata.width, height: metadata.height });
  });
});
