import { expect, test } from 'vitest';
import { readTextPart } from './text-range.js';

const file = new TextEncoder().encode('0123456789');
const signal = new AbortController().signal;

/** A storage that honours ranges or not, and exposes Content-Range or not. */
function storage({ ranges, exposes }: { ranges: boolean; exposes: boolean }): typeof fetch {
  return async (_url, init) => {
    const range = /bytes=(\d+)-(\d+)/.exec(new Headers(init?.headers).get('range') ?? '');
    if (!ranges || !range) return new Response(file, { status: 200 });
    const [from, to] = [Number(range[1]), Number(range[2])];
    if (from >= file.length) return new Response(null, { status: 416 });
    const headers: Record<string, string> = exposes
      ? { 'content-range': `bytes ${from}-${to}/${file.length}` }
      : {};
    return new Response(file.slice(from, to + 1), { status: 206, headers });
  };
}
const read = async (offset: number, length: number, fetchObject: typeof fetch) => {
  const part = await readTextPart('https://b.example.com/a.txt', offset, length, { fetchObject, signal });
  return [new TextDecoder().decode(part.bytes), part.isEnd];
};

test('parts are read by ranges up to the end', async () => {
  const fetchObject = storage({ ranges: true, exposes: true });
  expect(await read(0, 4, fetchObject)).toEqual(['0123', false]);
  expect(await read(4, 4, fetchObject)).toEqual(['4567', false]);
  expect(await read(8, 4, fetchObject)).toEqual(['89', true]);
});

test('a part that ends with the file is the end when the total shows, else the next one is empty', async () => {
  expect(await read(5, 5, storage({ ranges: true, exposes: true }))).toEqual(['56789', true]);
  const hidden = storage({ ranges: true, exposes: false });
  expect(await read(5, 5, hidden)).toEqual(['56789', false]);
  expect(await read(10, 5, hidden)).toEqual(['', true]);
});

test('a storage that ignores ranges gives the same parts', async () => {
  const fetchObject = storage({ ranges: false, exposes: false });
  expect(await read(0, 4, fetchObject)).toEqual(['0123', false]);
  expect(await read(4, 4, fetchObject)).toEqual(['4567', false]);
  expect(await read(8, 4, fetchObject)).toEqual(['89', true]);
});

test('a refusal is an error', async () => {
  await expect(read(0, 4, async () => new Response('', { status: 403 }))).rejects.toThrow('403');
});
