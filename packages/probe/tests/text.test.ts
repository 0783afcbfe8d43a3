import { describe, expect, it } from 'vitest';
import { bytesSource } from '../src/blob-source.js';
import { measure, probe } from '../src/probe.js';

const utf8 = (text: string) => new TextEncoder().encode(text);
const wide = (text: string, little: boolean) => {
  const bytes = Buffer.from(text, 'utf16le');
  return new Uint8Array(little ? bytes : bytes.swap16());
};
const german = 'Die Straßen von München gehören zu den längsten, und über die Brücken führen schöne Wege.\n';
const russian =
  'Съешь же ещё этих мягких французских булок, да выпей чаю. Широкая электрификация южных губерний.\n';

describe('the encoding of a text', () => {
  it.each([
    ['ASCII', utf8('plain words\n'), 'utf-8'],
    ['UTF-8', utf8(`${german}${russian}`), 'utf-8'],
    ['UTF-8 with a mark', utf8('\uFEFFmarked'), 'utf-8'],
    ['UTF-16 with a mark', wide('\uFEFFmarked text', true), 'utf-16le'],
    ['big-endian UTF-16 with a mark', wide('\uFEFFmarked text', false), 'utf-16be'],
    ['UTF-16 without a mark', wide('a text without a mark', true), 'utf-16le'],
    ['big-endian UTF-16 without a mark', wide('a text without a mark', false), 'utf-16be'],
    ['Latin-1', new Uint8Array(Buffer.from(german.repeat(3), 'latin1')), 'iso-8859-1'],
  ])('is told of %s', async (_what, bytes, encoding) => {
    const { metadata, facts } = await measure('text', bytesSource(bytes));
    expect(metadata).toEqual({ fileSize: bytes.length, mimeType: 'text/plain' });
    expect(facts).toEqual({ encoding });
  });

  it('is told of a long text that is cut within a character', async () => {
    const bytes = utf8(`a${'é'.repeat(100_000)}`);
    expect((await measure('text', bytesSource(bytes))).facts).toEqual({ encoding: 'utf-8' });
  });
});

describe('the type of a text', () => {
  it.each([
    ['{"a": [1, 2]}', null, 'application/json'],
    ['{"a": 1}\n{"a": 2}\n', null, 'application/x-ndjson'],
    ['<?xml version="1.0"?><a/>', null, 'application/xml'],
    ['<!doctype html><p>x', 'text/plain', 'text/html'],
    ['<svg xmlns="http://www.w3.org/2000/svg"/>', null, 'image/svg+xml'],
    ['a,b\n1,2\n', 'text/csv; charset=utf-8', 'text/csv'],
    ['# Title\n', 'text/markdown', 'text/markdown'],
    ['a,b\n1,2\n', null, 'text/plain'],
    ['words', 'application/octet-stream', 'text/plain'],
    ['words', 'image/png', 'text/plain'],
    [`[${'{"a": "b"},'.repeat(20_000)}{}]`, null, 'application/json'],
  ])('%.30s, said to be %s, is %s', async (text, said, mimeType) => {
    expect((await probe('text', bytesSource(utf8(text), said))).mimeType).toBe(mimeType);
  });
});

it.each([
  ['a PNG image', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]],
  ['zeros', new Array<number>(1000).fill(0)],
  ['random bytes', Array.from({ length: 500 }, (_, i) => (i * 97) % 256)],
])('refuses %s as a text', async (_what, bytes) => {
  const error = await probe('text', bytesSource(Uint8Array.from(bytes))).catch((reason: unknown) => reason);
  expect(error).toMatchObject({ name: 'ProbeError', code: 'wrong_type' });
});
