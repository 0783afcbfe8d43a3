import {
  AudioMetadata,
  ImageMetadata,
  TextMetadata,
  VideoMetadata,
} from '@latchkey/contract/schemas/media-metadata';
import { Check } from 'typebox/value';
import { afterAll, describe, expect, it } from 'vitest';
import { startNodeWorker } from '../src/pool/node-worker.js';
import { ProbePool } from '../src/pool/probe-pool.js';
import { ProbeError } from '../src/probe-error.js';
import { kindOf, mediaFiles, readMedia } from './media-files.js';

const schemas = { image: ImageMetadata, video: VideoMetadata, audio: AudioMetadata, text: TextMetadata };
const timeoutMs = 10_000;
const mutantsPerFile = 60;
const pool = new ProbePool<{ bytes: Uint8Array }>({
  start: () => startNodeWorker(new URL('./bytes-worker.mjs', import.meta.url)),
  timeoutMs,
});
afterAll(() => pool.close());

/** The same numbers in every run. */
function randomOf(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function mutate(bytes: Uint8Array, random: (below: number) => number): Uint8Array {
  const mutant = bytes.slice();
  const at = random(mutant.length);
  const length = 1 + random(64);
  const kind = random(5);
  if (kind === 0) return mutant.subarray(0, at);
  if (kind === 1) return mutant.fill(random(2) * 255, at, at + length);
  if (kind === 2)
    return Uint8Array.from(Buffer.concat([mutant.subarray(0, at), mutant.subarray(at + length)]));
  if (kind === 3) mutant.copyWithin(at, random(mutant.length), random(mutant.length));
  // Headers are where damage matters most.
  for (let flip = 0; flip < 8; flip += 1) mutant[random(Math.min(mutant.length, 600))] = random(256);
  return mutant;
}

async function outcomeOf(kind: keyof typeof schemas, bytes: Uint8Array): Promise<string | null> {
  try {
    const { metadata } = await pool.measure(kind, { bytes });
    return Check(schemas[kind], metadata) ? null : `no valid metadata: ${JSON.stringify(metadata)}`;
  } catch (error) {
    return error instanceof ProbeError && error.code !== 'timed_out' ? null : String(error);
  }
}

describe('a damaged file gives valid metadata or a ProbeError, in time', () => {
  it.each(mediaFiles)('%s', async (name) => {
    const kind = kindOf(name) as keyof typeof schemas;
    const bytes = readMedia(name);
    const random = randomOf(name.length * 7919);
    const mutants = Array.from({ length: mutantsPerFile }, () => mutate(bytes, random));
    const outcomes = await Promise.all(
      mutants.flatMap((mutant) => [outcomeOf(kind, mutant), outcomeOf('text', mutant)]),
    );
    expect(outcomes.filter((outcome) => outcome !== null)).toEqual([]);
  });
});
