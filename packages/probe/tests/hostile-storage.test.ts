import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fetchRanges } from '../src/fetch-ranges.js';
import { measure } from '../src/probe.js';
import { ProbeError } from '../src/probe-error.js';
import type { ProbeKind } from '../src/probe-kind.js';
import { RangeSource } from '../src/range-source.js';
import { kindOf, mediaFiles, readMedia } from './media-files.js';
import { pour, type StorageServer, startServer } from './storage-server.js';

const mib = 2 ** 20;
const terabyte = 2 ** 40;
const latin1 = (text: string) => Buffer.from(text, 'latin1');

/** Objects of a terabyte that never come to what a reader looks for: a beginning, then a piece again and again. */
const endless: readonly [string, ProbeKind, Buffer, Buffer][] = [
  ['a JPEG of profiles', 'image', latin1('\xff\xd8'), latin1('\xff\xe2\0\x08abcdef')],
  ['a JPEG of padding', 'image', latin1('\xff\xd8'), latin1('\xff')],
  ['an MP4 of empty boxes', 'video', latin1('\0\0\0\x10ftypisom\0\0\0\0'), latin1('\0\0\0\x08free')],
  ['an AVIF of empty boxes', 'image', latin1('\0\0\0\x10ftypavif\0\0\0\0'), latin1('\0\0\0\x08free')],
  [
    'a Matroska file of voids',
    'video',
    latin1('\x1a\x45\xdf\xa3\x80\x18\x53\x80\x67\xff'),
    latin1('\xec\x80'),
  ],
  ['a WAV of empty chunks', 'audio', latin1('RIFF\xff\xff\xff\xffWAVE'), latin1('junk\0\0\0\0')],
  ['an Ogg of first pages', 'audio', Buffer.alloc(0), latin1(`OggS\0\x02${'\0'.repeat(20)}\x01\x04abcd`)],
  ['ID3 tags', 'audio', Buffer.alloc(0), latin1('ID3\x04\0\0\0\0\0\0')],
  ['MP3 frames', 'audio', Buffer.alloc(0), latin1(`\xff\xfb\x90\x00${'\0'.repeat(413)}`)],
  ['letters', 'text', Buffer.alloc(0), latin1('abcdefgh')],
  ['letters', 'image', Buffer.alloc(0), latin1('abcdefgh')],
  ['zeros', 'video', Buffer.alloc(0), Buffer.alloc(64)],
];

function endlessBytes(beginning: Buffer, piece: Buffer, start: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  for (let i = 0; i < length; i += 1) {
    const at = start + i;
    bytes[i] = (at < beginning.length ? beginning[at] : piece[(at - beginning.length) % piece.length]) ?? 0;
  }
  return bytes;
}

async function outcome(kind: ProbeKind, server: StorageServer, timeoutMs: number) {
  const source = new RangeSource(fetchRanges(server.url), { timeoutMs, maxBytes: 16 * mib });
  const started = performance.now();
  const result = await measure(kind, source).catch((error: unknown) => error);
  source.close();
  return { result, ms: performance.now() - started, bytes: source.fetched.bytes };
}

describe('an object that does not end', () => {
  it.each(endless)('%s, as %s: stays within the caps', async (_what, kind, beginning, piece) => {
    await using server = await startServer((request, response) => {
      const [start = 0, end = 0] = (request.headers.range ?? '').replace('bytes=', '').split('-').map(Number);
      response.writeHead(206, { 'content-range': `bytes ${start}-${end}/${terabyte}` });
      response.write(endlessBytes(beginning, piece, start, end - start + 1));
      response.end();
    });
    const { result, bytes, ms } = await outcome(kind, server, 10_000);
    if (result instanceof Error) expect(result).toBeInstanceOf(ProbeError);
    expect(bytes).toBeLessThanOrEqual(16 * mib);
    expect(server.sent.bytes).toBeLessThanOrEqual(16 * mib);
    expect(ms).toBeLessThan(10_500);
  });
});

describe('a storage that does not end', () => {
  let server: StorageServer;
  let answer: 'pour' | 'drip' = 'pour';
  beforeAll(async () => {
    server = await startServer((_request, response) => {
      response.writeHead(206, { 'content-range': 'bytes 0-65535/1000000' });
      if (answer === 'pour') {
        pour(response);
        return;
      }
      const drip = setInterval(() => response.write(Buffer.from([0xff])), 5);
      response.on('close', () => clearInterval(drip));
    });
  });
  afterAll(() => server[Symbol.asyncDispose]());

  it.each<ProbeKind>(['image', 'video', 'audio', 'text'])('is left by the reader of %s', async (kind) => {
    answer = 'pour';
    expect((await outcome(kind, server, 5000)).result).toMatchObject({ code: 'storage_error' });
    answer = 'drip';
    const { result, ms } = await outcome(kind, server, 250);
    expect(result).toMatchObject({ code: 'timed_out' });
    expect(ms).toBeLessThan(2000);
  });

  it('takes no memory, however often it is asked', async () => {
    answer = 'pour';
    const measureMany = async () => {
      for (let i = 0; i < 60; i += 1) await outcome('video', server, 5000);
    };
    await measureMany();
    const before = process.memoryUsage().rss;
    await measureMany();
    expect(process.memoryUsage().rss - before).toBeLessThan(64 * mib);
  });
});

describe('an object that ends too early', () => {
  it.each(mediaFiles)('%s: every beginning of it gives an error or valid metadata', async (name) => {
    const bytes = readMedia(name);
    let length = 1;
    await using server = await startServer((request, response) => {
      const [start = 0, last = 0] = (request.headers.range ?? '')
        .replace('bytes=', '')
        .split('-')
        .map(Number);
      const end = Math.min(last, length - 1);
      response.writeHead(206, { 'content-range': `bytes ${start}-${end}/${length}` });
      response.end(bytes.subarray(start, end + 1));
    });
    for (; length < bytes.length; length += Math.ceil(bytes.length / 40)) {
      const { result } = await outcome(kindOf(name), server, 5000);
      if (result instanceof Error) expect(result).toBeInstanceOf(ProbeError);
    }
  });

  it.each(['clip.mp4', 'clip.mov', 'clip.mkv', 'clip.webm', 'sound.wav', 'picture.webp', 'fragments.mp4'])(
    '%s: says so when its second half is missing',
    async (name) => {
      const bytes = readMedia(name);
      const half = bytes.subarray(0, bytes.length / 2);
      await using server = await startServer((_request, response) => {
        response.writeHead(206, { 'content-range': `bytes 0-${half.length - 1}/${half.length}` }).end(half);
      });
      expect((await outcome(kindOf(name), server, 5000)).result).toMatchObject({ code: 'truncated' });
    },
  );
});
