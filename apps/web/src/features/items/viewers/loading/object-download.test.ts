import { describe, expect, it } from 'vitest';
import { ObjectDownload, ObjectTooLarge, RefusedDownload } from './object-download.js';

const signal = new AbortController().signal;
const object = Uint8Array.from({ length: 1000 }, (_, index) => index % 251);

interface Storage {
  /** Bytes after which the first answer breaks off. */
  readonly breakAfter?: number;
  readonly etags?: readonly string[];
  readonly hasRanges?: boolean;
}

/** Serves the object in parts of 100 bytes. */
function storage({ breakAfter = Number.POSITIVE_INFINITY, etags = [], hasRanges = true }: Storage = {}) {
  const ranges: (string | null)[] = [];
  const fetchObject: typeof fetch = async (_url, init) => {
    const range = new Headers(init?.headers).get('range');
    const end = ranges.push(range) === 1 ? breakAfter : Number.POSITIVE_INFINITY;
    const isPart = range !== null && hasRanges;
    const start = isPart ? Number(/bytes=(\d+)-/.exec(range)?.[1]) : 0;
    let at = start;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (at >= end) return controller.error(new TypeError('network error'));
        if (at >= object.length) return controller.close();
        controller.enqueue(object.slice(at, at + 100));
        at += 100;
      },
    });
    const headers = {
      etag: etags[ranges.length - 1] ?? '"a"',
      'content-length': String(object.length - start),
      ...(isPart && { 'content-range': `bytes ${start}-999/1000` }),
    };
    return new Response(body, { status: isPart ? 206 : 200, headers });
  };
  return { fetchObject, ranges };
}

describe('the download of an object', () => {
  it('goes on behind its last byte when it broke off, also by another URL', async () => {
    const { fetchObject, ranges } = storage({ breakAfter: 300 });
    const download = new ObjectDownload({ fetchObject });
    await expect(download.run('https://a.example/1', { signal })).rejects.toThrow('network error');
    const seen: number[] = [];
    const bytes = await download.run('https://a.example/1?signed=anew', {
      signal,
      onPart: ({ receivedBytes, totalBytes }) => void seen.push(receivedBytes, totalBytes ?? -1),
    });
    expect(bytes).toEqual(object);
    expect(ranges).toEqual([null, 'bytes=300-']);
    expect(seen.slice(0, 2)).toEqual([400, 1000]);
    expect(seen.slice(-2)).toEqual([1000, 1000]);
  });

  it.each([
    ['that ignores ranges', { hasRanges: false }, [null, 'bytes=300-']],
    [
      'where another object has the name by now',
      { etags: ['"a"', '"b"', '"b"'] },
      [null, 'bytes=300-', null],
    ],
  ])('begins anew in a storage %s, and says so', async (_, behaviour, asked) => {
    const { fetchObject, ranges } = storage({ breakAfter: 300, ...behaviour });
    const download = new ObjectDownload({ fetchObject });
    const begun: string[] = [];
    const options = { signal, onBegin: () => void begun.push('begun') };
    await expect(download.run('https://a.example/1', options)).rejects.toThrow('network error');
    expect(await download.run('https://a.example/1', options)).toEqual(object);
    expect(ranges).toEqual(asked);
    expect(begun).toEqual(['begun', 'begun']);
  });

  it('reads an answer without a length to its end', async () => {
    const parts = [object.slice(0, 7), object.slice(7)];
    const body = new ReadableStream({
      pull: (controller) => {
        const part = parts.shift();
        if (part) controller.enqueue(part);
        else controller.close();
      },
    });
    const download = new ObjectDownload({ fetchObject: async () => new Response(body) });
    expect(await download.run('https://a.example/1', { signal })).toEqual(object);
  });

  it('hands its bytes over at the end, and begins anew after that', async () => {
    const { fetchObject, ranges } = storage();
    const download = new ObjectDownload({ fetchObject });
    expect(await download.run('https://a.example/1', { signal })).toEqual(object);
    expect(await download.run('https://a.example/1', { signal })).toEqual(object);
    expect(ranges).toEqual([null, null]);
  });

  it('hands parts on without keeping them, and goes on behind the last one', async () => {
    const download = new ObjectDownload({ ...storage({ breakAfter: 300 }), keepsBytes: false });
    const parts: number[] = [];
    const run = () =>
      download.run('https://a.example/1', {
        signal,
        onPart: (_progress, part) => void parts.push(...part),
      });
    await expect(run()).rejects.toThrow('network error');
    expect(await run()).toHaveLength(0);
    expect(Uint8Array.from(parts)).toEqual(object);
  });

  it('refuses an object that is too large before it reads it', async () => {
    const download = new ObjectDownload({ ...storage(), maxBytes: 999 });
    const parts: Uint8Array[] = [];
    const run = download.run('https://a.example/1', {
      signal,
      onPart: (_, part) => void parts.push(part),
    });
    await expect(run).rejects.toThrow(ObjectTooLarge);
    expect(parts).toEqual([]);
  });

  it('tells the status of a refusal', async () => {
    const download = new ObjectDownload({
      fetchObject: async () => new Response('<Error/>', { status: 403 }),
    });
    const run = download.run('https://a.example/1', { signal });
    await expect(run).rejects.toThrow(RefusedDownload);
    await expect(run).rejects.toMatchObject({ status: 403 });
  });
});
