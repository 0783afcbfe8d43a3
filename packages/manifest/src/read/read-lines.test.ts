import { limits } from '@latchkey/contract/limits';
import { describe, expect, test } from 'vitest';
import { type PartResult, readPart } from './read-part.js';
import type { UnitError, UnitRules } from './unit.js';

const open: UnitRules = { strict: false, allowedHosts: [] };

function read(text: string | Uint8Array, rules: UnitRules = open): PartResult {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  return readPart(bytes, { kind: null, firstElement: 7, firstLine: 3, firstColumn: 1 }, rules);
}

function errorOf(text: string | Uint8Array, rules?: UnitRules): UnitError {
  const [result] = read(text, rules).results;
  if (result?.ok !== false) throw new Error('accepted');
  return result.error;
}

describe('a line', () => {
  test.each([
    ['image', 'images'],
    ['images', 'images'],
    ['IMAGE', 'images'],
    ['video', 'videos'],
    ['Audio', 'audio'],
    ['audios', 'audio'],
    ['text', 'text'],
    ['plainText', 'text'],
    ['plain_text', 'text'],
    ['PLAIN_TEXT', 'text'],
    ['pdf', 'pdfs'],
    ['PDFs', 'pdfs'],
  ])('of the type %s is a unit of the kind %s', (type, kind) => {
    for (const key of ['type', 'Type', 'TYPE']) {
      const { results, warnings } = read(JSON.stringify({ objectUrl: 'https://h/1', [key]: type }));
      expect(results).toMatchObject([{ ok: true, unit: { kind, element: 7, line: 3 } }]);
      expect(warnings).toEqual([]);
    }
  });

  test('has its own type, whatever its neighbours are', () => {
    const text = ['image', 'video', 'image'].map((type) => `{"type":"${type}","objectUrl":"https://h/ü"}`);
    const { results } = read(text.join('\r\n\r\n'));
    expect(
      results.map((result) => result.ok && [result.unit.kind, result.unit.element, result.unit.line]),
    ).toEqual([
      ['images', 7, 3],
      ['videos', 8, 5],
      ['images', 9, 7],
    ]);
  });

  test('warns of each unknown key once a kind', () => {
    const line = (type: string) => `{"type": "${type}", "objectUrl": "https://h/1", "note": 1}\n`;
    const { warnings } = read(line('image') + line('image') + line('pdf'));
    expect(warnings.map(({ place }) => [place.kind, place.element, place.line])).toEqual([
      ['images', 7, 3],
      ['pdfs', 9, 5],
    ]);
  });
});

describe('a refused line', () => {
  test.each([
    ['no JSON', 'nope', 'unit_malformed', 1, "found 'nope', expected a value"],
    ['a missing bracket', '  {"type": "image"', 'unit_malformed', 19, 'the input ends inside the object'],
    [
      'a missing quote',
      '{"ü": "image}',
      'unit_malformed',
      14,
      'ends inside the text that starts at line 3, column 7',
    ],
    ['a comma at its end', '{"type": "image"},', 'unit_malformed', 18, "found ','"],
    ['a trailing comma', '{"type": "image",}', 'unit_malformed', 17, 'a comma before a closing bracket'],
    ['two objects', '{"type": "image"} {}', 'unit_malformed', 19, 'one a line'],
    ['a deep nest', `{"a": ${'['.repeat(200)}${']'.repeat(200)}}`, 'unit_malformed', 206, 'deeper than 200'],
    ['a number', ' 5', 'unit_not_an_object', 2, 'found a number'],
    ['an array', '[]', 'unit_not_an_object', 1, 'found an array'],
    ['no type', '{"objectUrl": "https://h/1"}', 'unit_type_missing', 1, 'has no "type"'],
    ['a null type', '{"type": null}', 'unit_type_missing', 1, 'has no "type"'],
    ['an unknown type', '{"type": "hologram"}', 'unit_type_unknown', 1, 'found "hologram"'],
    ['a type that is a number', '{"type": 3}', 'unit_type_unknown', 1, 'found a number'],
  ])('with %s has its code and place and no kind', (_name, text, code, column, part) => {
    const error = errorOf(text);
    expect(error).toMatchObject({ code, kind: null, element: 7, line: 3, column });
    expect(error.message).toContain(part);
    expect(error.hint).not.toBe('');
  });

  test('that is not UTF-8 is named with its column', () => {
    const bytes = Uint8Array.from([...'{"a": "\xe9"}'].map((character) => character.charCodeAt(0)));
    expect(errorOf(bytes)).toMatchObject({ code: 'unit_malformed', column: 9 });
  });

  test('keeps its URL and title if it can be read', () => {
    expect(errorOf('{"objectUrl": "https://h/1?sig=secret", "title": "T"}')).toMatchObject({
      code: 'unit_type_missing',
      objectUrl: 'https://h/1?sig=secret',
      title: 'T',
    });
  });

  test('does not touch the others', () => {
    const good = '{"type": "image", "objectUrl": "https://h/1"}';
    const { results } = read(`${good}\n{"type": "image\n${good}\n`);
    expect(results.map((result) => (result.ok ? result.unit.line : result.error.code))).toEqual([
      3,
      'unit_malformed',
      5,
    ]);
  });

  test('of more bytes than allowed is named with its kind', () => {
    const rules = { ...open, limits: { ...limits, manifestElementBytes: 30 } };
    expect(errorOf('{"type": "image", "objectUrl": "https://h/1"}', rules)).toMatchObject({
      code: 'unit_too_large',
      kind: 'images',
      objectUrl: 'https://h/1',
    });
  });
});
