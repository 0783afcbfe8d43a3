import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { joinSecret, splitSecret } from './split-secret.js';

const { cases } = JSON.parse(readFileSync(new URL('../vectors/urls.json', import.meta.url), 'utf8')) as {
  cases: { name: string; url: string; family: string | null }[];
};

describe('splitSecret', () => {
  it.each(cases.filter(({ family }) => family !== null))('seals the signature: $name', ({ url, family }) => {
    const { head, tail } = splitSecret(url);
    expect(tail).toMatch(family === 'oci-par' ? /^AbC-dEf_tok\/n\// : /^\?/);
    expect(head).not.toContain('?');
    expect(joinSecret(head, tail)).toBe(url);
  });

  it.each([
    ['https://files.acme.com/a.jpg', null],
    ['https://files.acme.com/a.jpg?Expires=1772370000&page=2#x', null],
    ['https://files.acme.com/a.jpg?token=abc', '?token=abc'],
    ['https://acme.s3.amazonaws.com/a.jpg?X-Amz-Signature=s', '?X-Amz-Signature=s'],
    ['https://files.acme.com/a.jpg?x=1&amp;sig=s', '?x=1&amp;sig=s'],
    ['https://files.acme.com/a#1.jpg?sv=1&sig=s', '#1.jpg?sv=1&sig=s'],
    ['https://user:pw@files.acme.com/a.jpg', 'user:pw@files.acme.com/a.jpg'],
    ['https:\\\\user:p/w@files.acme.com', 'user:p/w@files.acme.com'],
    ['user:pw@files.acme.com', 'user:pw@files.acme.com'],
    ['https://files.acme.com/my file.jpg?sv=1&sig=s', '?sv=1&sig=s'],
    ['https://objectstorage.x.oraclecloud.com/p/tok/n/a/b/c/o/my file', 'tok/n/a/b/c/o/my file'],
    ['s3://acme/a.jpg', null],
    ['img/a.jpg', null],
    ['', null],
  ])('splits %j before %j', (url, tail) => {
    const split = splitSecret(url);
    expect(split.tail).toBe(tail);
    expect(joinSecret(split.head, split.tail)).toBe(url);
  });

  it('gives back any text byte for byte', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('https://', '?', '#', '@', '/p/', 'sig=', '&sv=', '\ud800'),
    );
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const { head, tail } = splitSecret(pieces.join(''));
        expect(joinSecret(head, tail)).toBe(pieces.join(''));
      }),
    );
  });
});
