import { expect, test } from 'vitest';
import { ObjectDownload, RefusedDownload } from './object-download.js';

const signal = new AbortController().signal;
const object = Uint8Array.from({ length: 1000 }, (_, index) => index % 251);

/** Serves the object by range, and breaks off the first answer after some bytes. */
function storage({ breakAfter, etags = ['"a"', '"a"'] }: { breakAfter: number; etags?: string[] }) {
  const ranges: (string | null)[] = [];
  const fetchObject: typeof fetch = async (_url, init) => {
    const range = new Headers(init?.headers).get('range');
    const isFirst = ranges.push(range) === 1;
    const start = range === null ? 0 : Number(/bytes=(\d+)-/.exec(range)?.[1]);
    const body = new ReadableStream({
      start(controller) {
        controller.enqueue(object.slice(start, isFirst ? breakAfter : undefined));
        if (!isFirst) controller.close();
      },
      pull: (controller) => controller.error(new TypeError('network error')),
    });
    const headers = {
      etag: etags[ranges.length - 1] ?? '"a"',
      'content-length': String(object.length - start),
      ...(range !== null && { 'content-range': `bytes ${start}-999/1000` }),
    };
    return new Response(body, { status: range === null ? 200 : 206, headers });
  };
  return { fetchObject, ranges };
}

test('a download that broke off goes on behind its last byte', async () => {
  const { fetchObject, ranges } = storage({ breakAfter: 300 });
  const download = new ObjectDownload(fetchObject);
  await expect(download.run('https://a.example/1', { signal })).rejects.toThrow('network error');
  const seen: number[] = [];
  const bytes = await download.run('https://a.example/1?signed=anew', {
    signal,
    onProgress: ({ receivedBytes, totalBytes }) => seen.push(receivedBytes, totalBytes ?? -1),
  });
  expect(bytes).toEqual(object);
  expect(ranges).toEqual([null, 'bytes=300-']);
  expect(seen).toEqual([1000, 1000]);
});

test('another object under the same name is read from its start', async () => {
  const { fetchObject, ranges } = storage({ breakAfter: 300, etags: ['"a"', '"b"', '"b"'] });
  const download = new ObjectDownload(fetchObject);
  await expect(download.run('https://a.example/1', { signal })).rejects.toThrow('network error');
  expect(await download.run('https://a.example/1', { signal })).toEqual(object);
  expect(ranges).toEqual([null, 'bytes=300-', null]);
});

test('an answer without a length is read to its end', async () => {
  const parts = [object.slice(0, 7), object.slice(7)];
  const body = new ReadableStream({
    pull: (controller) => {
      const part = parts.shift();
      if (part) controller.enqueue(part);
      else controller.close();
    },
  });
  const download = new ObjectDownload(async () => new Response(body));
  expect(await download.run('https://a.example/1', { signal })).toEqual(object);
});

test('a refusal tells its status', async () => {
  const download = new ObjectDownload(async () => new Response('<Error/>', { status: 403 }));
  const failure = download.run('https://a.example/1', { signal });
  await expect(failure).rejects.toThrow(RefusedDownload);
  await expect(failure).rejects.toMatchObject({ status: 403 });
});
