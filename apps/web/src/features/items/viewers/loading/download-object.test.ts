import { describe, expect, it } from 'vitest';
import { downloadObject, joined, nothingArrived, ObjectTooLarge } from './download-object.js';

const object = Uint8Array.from({ length: 1000 }, (_, at) => at % 251);
const asked: (string | null)[] = [];

/** Serves the object, by ranges unless told otherwise, and breaks off after some bytes. */
function storage({ breakAfter = Number.POSITIVE_INFINITY, hasRanges = true } = {}): typeof fetch {
  return async (_url, init) => {
    const range = new Headers(init?.headers).get('range');
    asked.push(range);
    const from = hasRanges ? Number(/bytes=(\d+)-/.exec(range ?? '')?.[1] ?? 0) : 0;
    let at = from;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (at - from >= breakAfter) return controller.error(new TypeError('network error'));
        if (at >= object.length) return controller.close();
        controller.enqueue(object.slice(at, at + 100));
        at += 100;
      },
    });
    const isPart = from > 0;
    return new Response(body, {
      status: isPart ? 206 : 200,
      headers: isPart
        ? { 'content-range': `bytes ${from}-999/1000` }
        : { 'content-length': String(object.length) },
    });
  };
}

const options = (fetchObject: typeof fetch, maxBytes = 10_000) => ({
  fetchObject,
  signal: new AbortController().signal,
  maxBytes,
  onPart: () => {},
});

describe('the download of an object', () => {
  it.each([true, false])('goes on where it broke off, in a storage with ranges: %s', async (hasRanges) => {
    const arrived = nothingArrived();
    await expect(
      downloadObject('http://bucket/a', arrived, options(storage({ breakAfter: 300 }))),
    ).rejects.toThrow('network error');
    expect(arrived).toMatchObject({ byteCount: 300, total: 1000 });
    await downloadObject('http://bucket/b', arrived, options(storage({ hasRanges })));
    expect(asked.slice(-2)).toEqual([null, 'bytes=300-']);
    expect(joined(arrived)).toEqual(object);
  });

  it('hands parts on without keeping them', async () => {
    const arrived = nothingArrived();
    const sizes: number[] = [];
    await downloadObject(
      'http://bucket/a',
      arrived,
      { ...options(storage()), onPart: (_arrived, part) => void sizes.push(part.length) },
      false,
    );
    expect(sizes).toEqual(Array.from({ length: 10 }, () => 100));
    expect(arrived).toEqual({ parts: [], byteCount: 1000, total: 1000 });
  });

  it('refuses an object that is too large before it reads it', async () => {
    const arrived = nothingArrived();
    const download = downloadObject('http://bucket/a', arrived, options(storage(), 999));
    await expect(download).rejects.toThrow(ObjectTooLarge);
    expect(arrived.byteCount).toBe(0);
  });

  it('fails when the storage refuses', async () => {
    const refuse: typeof fetch = async () => new Response('', { status: 403 });
    const download = downloadObject('http://bucket/a', nothingArrived(), options(refuse));
    await expect(download).rejects.toThrow('The storage answered 403.');
  });
});
