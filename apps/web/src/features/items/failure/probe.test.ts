import { expect, test } from 'vitest';
import { probeObject, storageError } from './probe.js';

const url = 'https://bucket.example.com/a.mp4?sig=secret';
const never = new AbortController().signal;
const expired = `<?xml version="1.0"?><Error><Code>AccessDenied</Code><Message>Request has expired</Message><StringToSign>secret</StringToSign></Error>`;

test('the probe asks for one byte with GET in CORS mode', async () => {
  const seen: [string, RequestInit | undefined][] = [];
  const probe = await probeObject(
    url,
    async (input, init) => {
      seen.push([String(input), init]);
      return new Response('x', { status: 206, headers: { 'content-type': 'video/mp4' } });
    },
    never,
  );
  expect(probe).toEqual({
    kind: 'answer',
    status: 206,
    contentType: 'video/mp4',
    storageCode: null,
    storageMessage: null,
  });
  expect(seen).toHaveLength(1);
  expect(seen[0]?.[0]).toBe(url);
  expect(seen[0]?.[1]).toMatchObject({ mode: 'cors', credentials: 'omit', headers: { Range: 'bytes=0-0' } });
  expect(seen[0]?.[1]?.method).toBeUndefined();
});

test('a refusal tells the code and message of the storage', async () => {
  const probe = await probeObject(url, async () => new Response(expired, { status: 403 }), never);
  expect(probe).toMatchObject({
    status: 403,
    storageCode: 'AccessDenied',
    storageMessage: 'Request has expired',
  });
});

test('an answer that only shows without CORS is a hidden answer', async () => {
  const modes: unknown[] = [];
  const probe = await probeObject(
    url,
    async (_input, init) => {
      modes.push(init?.mode);
      if (init?.mode === 'cors') throw new TypeError('Failed to fetch');
      return new Response();
    },
    never,
  );
  expect(probe).toEqual({ kind: 'hidden-answer' });
  expect(modes).toEqual(['cors', 'no-cors']);
});

test('no answer in both modes is no answer', async () => {
  const fails = async () => {
    throw new TypeError('Failed to fetch');
  };
  expect(await probeObject(url, fails, never)).toEqual({ kind: 'no-answer' });
});

test('a body that is not an XML error has neither code nor message', () => {
  expect(storageError('<html>no</html>')).toEqual({ storageCode: null, storageMessage: null });
});
