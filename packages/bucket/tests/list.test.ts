import { expect, it } from 'vitest';
import { errorCode, get, openBucket } from './bucket-fixture.js';

const list = async (query: Record<string, string>, options: { region?: string } = {}) => {
  const bucket = await openBucket({ listable: true, ...options });
  for (const key of ['images/b c+d.jpg', 'images/é.jpg', 'videos/a.mp4', 'images/<&>.jpg'])
    await bucket.putObject(key, Buffer.from(key), 'image/jpeg');
  return get(bucket, {}, { path: '/demo', query: { 'list-type': '2', ...query } });
};
const keysOf = (body: Buffer): string[] =>
  [...body.toString().matchAll(/<Key>(.*?)<\/Key>/g)].map(([, key = '']) => key);

it('lists keys in the order of their bytes', async () => {
  const { status, body } = await list({});
  expect(status).toBe(200);
  expect(keysOf(body)).toEqual([
    'images/&lt;&amp;&gt;.jpg',
    'images/a.jpg',
    'images/b c+d.jpg',
    'images/é.jpg',
    'videos/a.mp4',
  ]);
  expect(body.toString()).toContain('<IsTruncated>false</IsTruncated>');
});

it('lists a prefix page by page, from behind a key or by its token', async () => {
  const first = await list({ prefix: 'images/', 'max-keys': '2', 'encoding-type': 'url' });
  expect(keysOf(first.body)).toEqual(['images/%3C%26%3E.jpg', 'images/a.jpg']);
  const [, token = ''] = /<NextContinuationToken>(.*?)</.exec(first.body.toString()) ?? [];
  const next = await list({ prefix: 'images/', 'encoding-type': 'url', 'continuation-token': token });
  expect(keysOf(next.body)).toEqual(['images/b+c%2Bd.jpg', 'images/%C3%A9.jpg']);
  const behind = await list({ prefix: 'images/', 'encoding-type': 'url', 'start-after': 'images/b c+d.jpg' });
  expect(keysOf(behind.body)).toEqual(['images/%C3%A9.jpg']);
});

it.each([
  ['NotImplemented', { 'list-type': '1' }],
  ['NotImplemented', { delimiter: '/' }],
  ['InvalidArgument', { 'max-keys': 'many' }],
])('answers %s to %j', async (code, query) => {
  expect(errorCode(await list(query))).toBe(code);
});

it('names its region to whoever signed for another one', async () => {
  const { status, body } = await list({}, { region: 'eu-central-1' });
  expect(status).toBe(400);
  expect(body.toString()).toContain('<Region>eu-central-1</Region>');
});
