import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { sha256 } from './sha256.js';

const byNode = (text: string) => createHash('sha256').update(text).digest('hex');

test('the digest is that of the standard, for every length about the end of a block', () => {
  for (let length = 0; length <= 200; length += 1) {
    const text = 'abcdefghij'.repeat(20).slice(0, length);
    expect(sha256(text)).toBe(byNode(text));
  }
});

test.each(['s3://bucket/ä/日本語.jpg', '\u{1F600}', 'x'.repeat(100_000)])('the digest of %j', (text) => {
  expect(sha256(text)).toBe(byNode(text));
});
