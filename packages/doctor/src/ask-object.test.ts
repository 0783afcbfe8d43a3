import { expect, test } from 'vitest';
import { askObject } from './ask-object.js';

const url = 'https://bucket.example.com/a.mp4?sig=secret';
const never = new AbortController().signal;
const expired = `<?xml version="1.0"?><Error><Code>AccessDenied</Code><Message>Request has expired</Message><StringToSign>secret</StringToSign></Error>`;

test('the object is asked for with a range of one byte, with GET in CORS mode', async () => {
  const seen: [string, RequestInit | undefined][] = [];
  const answer = await askObject(
    url,
    async (input, init) => {
      seen.push([String(input), init]);
      return new Response('x', {
        status: 206,
        headers: { 'content-type': 'video/mp4', 'content-range': 'bytes 0-0/1' },
      });
    },
    never,
  );
  expect(answer).toEqual({
    kind: 'answer',
    status: 206,
    contentType: 'video/mp4',
    contentRange: 'bytes 0-0/1',
    error: { code: null, message: null, region: null, address: null },
  });
  expect(seen).toHaveLength(1);
  expect(seen[0]?.[0]).toBe(url);
  expect(seen[0]?.[1]).toMatchObject({ mode: 'cors', credentials: 'omit', headers: { Range: 'bytes=0-0' } });
  expect(seen[0]?.[1]?.method).toBeUndefined();
});

test('a refusal tells the code and message of the storage', async () => {
  const answer = await askObject(url, async () => new Response(expired, { status: 403 }), never);
  expect(answer).toMatchObject({
    status: 403,
    error: { code: 'AccessDenied', message: 'Request has expired' },
  });
});

test('an answer that only shows without CORS is a hidden answer', async () => {
  const modes: unknown[] = [];
  const answer = await askObject(
    url,
    async (_input, init) => {
      modes.push(init?.mode);
      if (init?.mode === 'cors') throw new TypeError('Failed to fetch');
      return new Response();
    },
    never,
  );
  expect(answer).toEqual({ kind: 'hidden-answer' });
  expect(modes).toEqual(['cors', 'no-cors']);
});

test('no answer in both modes is no answer', async () => {
  const fails = async () => {
    throw new TypeError('Failed to fetch');
  };
  expect(await askObject(url, fails, never)).toEqual({ kind: 'no-answer' });
});
