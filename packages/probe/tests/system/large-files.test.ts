import { mkdtemp, open, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fetchRanges } from '../../src/fetch-ranges.js';
import { measure } from '../../src/probe.js';
import type { ProbeKind } from '../../src/probe-kind.js';
import { RangeSource } from '../../src/range-source.js';
import { startServer } from '../storage-server.js';
import { ffmpeg, run } from './tools.js';

const mib = 2 ** 20;
const copies = ['-stream_loop', '4', '-i'];
let directory: string;
const report: string[] = [];

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'probe-large-'));
  const place = (name: string) => join(directory, name);
  const noise = 'testsrc2=size=1280x720:rate=30,noise=alls=60:allf=t';
  const codec = ['-c:v', 'libx264', '-preset', 'ultrafast', '-crf', '14', '-pix_fmt', 'yuv420p'];
  // A second of it has about 24 MB.
  ffmpeg('-f', 'lavfi', '-i', noise, '-t', '1', ...codec, place('seed.mp4'));
  const copy = (name: string, ...options: string[]) =>
    ffmpeg(...copies, place('seed.mp4'), '-c', 'copy', ...options, place(name));
  copy('index-at-end.mp4');
  copy('index-first.mp4', '-movflags', '+faststart');
  copy('fragments.mp4', '-movflags', 'frag_keyframe+empty_moov');
  copy('many-fragments.mp4', '-movflags', 'frag_keyframe+empty_moov', '-frag_duration', '50000');
  copy('high-bit-rate.mkv');
  const sound = ['-f', 'lavfi', '-i', 'anoisesrc=r=48000', '-t', '600', '-ac', '2'];
  ffmpeg(...sound, place('long.wav'));
  ffmpeg(...sound, '-q:a', '0', '-write_xing', '0', place('no-tag.mp3'));
  run('convert', ['-size', '6000x6000', 'xc:gray', '-compress', 'none', place('large.tiff')]);
  run('convert', ['-size', '6000x6000', 'xc:gray', '-type', 'TrueColor', place('large.bmp')]);
}, 300_000);
afterAll(async () => {
  process.stdout.write(`${report.join('\n')}\n`);
  await rm(directory, { recursive: true });
});

/** The file by ranges, as a storage serves it. */
async function measureByRanges<K extends ProbeKind>(kind: K, name: string) {
  const file = await open(join(directory, name));
  const { size } = await stat(join(directory, name));
  await using server = await startServer((request, response) => {
    const [start = 0, last = 0] = (request.headers.range ?? '').replace('bytes=', '').split('-').map(Number);
    const end = Math.min(last, size - 1);
    response.writeHead(206, { 'content-range': `bytes ${start}-${end}/${size}` });
    void file.read(Buffer.alloc(end - start + 1), 0, end - start + 1, start).then(({ buffer }) => {
      response.write(buffer);
      response.end();
    });
  });
  const object = new RangeSource(fetchRanges(server.url));
  const started = performance.now();
  const measured = await measure(kind, object);
  const ms = Math.round(performance.now() - started);
  const { bytes, requests } = object.fetched;
  object.close();
  await file.close();
  expect(server.sent.bytes).toBe(bytes);
  report.push(`${name}: ${size} bytes, of which ${bytes} fetched in ${requests} requests, ${ms} ms`);
  return { measured, bytes, size };
}

describe('a large video costs few bytes', () => {
  it.each([
    ['index-at-end.mp4', 4 * mib],
    ['index-first.mp4', 2 * mib],
    ['fragments.mp4', 2 * mib],
    ['many-fragments.mp4', 2 * mib],
    ['high-bit-rate.mkv', 2 * mib],
  ])('%s', async (name, limit) => {
    const { measured, bytes, size } = await measureByRanges('video', name);
    expect(size).toBeGreaterThan(100_000_000);
    expect(bytes).toBeLessThan(limit);
    expect(measured.metadata).toMatchObject({ width: 1280, height: 720, fps: 30 });
    expect(measured.metadata.duration).toBeCloseTo(5, 1);
  });
});

describe('a large audio file costs few bytes', () => {
  it.each([
    ['long.wav', 600, 0],
    ['no-tag.mp3', 600, 15],
  ])('%s', async (name, duration, tolerance) => {
    const { measured, bytes } = await measureByRanges('audio', name);
    expect(bytes).toBeLessThan(2 * mib);
    expect(Math.abs(measured.metadata.duration - duration)).toBeLessThanOrEqual(tolerance);
  });
});

describe('a large image costs few bytes', () => {
  it.each(['large.tiff', 'large.bmp'])('%s', async (name) => {
    const { measured, bytes } = await measureByRanges('image', name);
    expect(bytes).toBeLessThan(mib / 4);
    expect(measured.metadata).toMatchObject({ width: 6000, height: 6000 });
  });
});
