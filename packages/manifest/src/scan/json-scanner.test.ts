import { LatchkeyError } from '@latchkey/contract/errors';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type JsonEvents, JsonScanner } from './json-scanner.js';
import { MAX_DEPTH } from './scan-state.js';

const encoder = new TextEncoder();

interface Seen {
  log: string[];
  error: { message: string; details: unknown } | null;
}

function scan(input: string | Uint8Array, cuts: readonly number[] = [], watchedDepth = 2): Seen {
  const bytes = typeof input === 'string' ? encoder.encode(input) : input;
  const log: string[] = [];
  const events: JsonEvents = {
    watchedDepth,
    readDepth: watchedDepth,
    onKey: (depth, key, place) => log.push(`key ${depth} ${key} ${place.line}:${place.column}`),
    onStart: (depth, type, offset, place) =>
      log.push(`start ${depth} ${type} @${offset} ${place.line}:${place.column}`),
    onEnd: (depth, value, offset) => log.push(`end ${depth} ${String(value)} @${offset}`),
    onTrailingComma: (offset, place) => log.push(`comma @${offset} ${place.line}:${place.column}`),
  };
  const scanner = new JsonScanner(events);
  try {
    let at = 0;
    for (const size of cuts) {
      if (at >= bytes.length) break;
      scanner.push(bytes.subarray(at, at + size));
      at += size;
    }
    scanner.push(bytes.subarray(at));
    scanner.end();
    return { log, error: null };
  } catch (error) {
    if (!(error instanceof LatchkeyError)) throw error;
    return { log, error: { message: error.message, details: error.details } };
  }
}

const oneByteEach = (input: string | Uint8Array) =>
  new Array<number>(typeof input === 'string' ? encoder.encode(input).length : input.length).fill(1);

describe('malformed input', () => {
  const cases: [string, string | Uint8Array, number, number, string][] = [
    ['an empty input', '', 1, 1, 'the input is empty'],
    ['whitespace only', ' \n ', 2, 2, 'the input is empty'],
    ['an unterminated string', '{"a": "bc', 1, 10, 'inside the text that starts at line 1, column 7'],
    [
      'a raw line break in a string',
      '{\n "a": "b\nc"}',
      2,
      9,
      'raw line break inside (it starts at line 2, column 7)',
    ],
    ['a raw tab in a string', '["a\tb"]', 1, 4, 'has a tab inside'],
    ['a missing comma in an object', '{"a": 1\n "b": 2}', 2, 2, "found '\"', expected ',' or '}'"],
    ['a missing comma in an array', '[1 2]', 1, 4, "found '2', expected ',' or ']'"],
    ['a missing colon', '{"a" 1}', 1, 6, "found '1', expected ':'"],
    ['an equals sign for a colon', '{"a" = 1}', 1, 6, "found '=', expected ':'"],
    [
      'a bracket of the other kind',
      '{\n"a": [1, 2}\n}',
      2,
      11,
      "found '}', expected ',' or ']' of the array that opens at line 2, column 6",
    ],
    ['a bracket too many', '{"a": 1}}', 1, 9, 'the document has ended'],
    [
      'an unclosed object',
      '{"a": [1, 2]',
      1,
      13,
      "inside the object that opens at line 1, column 1; expected ',' or '}'",
    ],
    ['an unclosed array', '{"a": [', 1, 8, 'inside the array that opens at line 1, column 7'],
    ['two documents', '{}\n{}', 2, 1, 'one a line into an NDJSON file'],
    ['text after the end', '[] x', 1, 4, "found 'x', expected nothing more"],
    ['an unquoted key', '{a: 1}', 1, 2, "found 'a', expected a key in double quotes"],
    ['a single-quoted key', "{'a': 1}", 1, 2, 'JSON writes text in double quotes'],
    ['typographic quotes', '{“a”: 1}', 1, 2, 'typographic quotes'],
    ['a Python literal', '{"a": True}', 1, 7, "found 'True', expected a value. Write true in lower case."],
    ['None', '[None]', 1, 2, 'Write null'],
    ['NaN', '[NaN]', 1, 2, 'JSON has no NaN'],
    ['a misspelt literal', '[tru]', 1, 2, "found 'tru'"],
    ['a literal with a tail', '[nullx]', 1, 2, "found 'nullx'"],
    [
      'a literal with half a character behind it',
      Uint8Array.from([...'[null', '\x80', ']'].map((character) => character.charCodeAt(0))),
      1,
      2,
      "found 'null' and a byte that is not UTF-8",
    ],
    ['a leading zero', '[012]', 1, 3, 'may not start with 0'],
    ['a leading zero behind a minus', '[-01]', 1, 4, 'may not start with 0'],
    ['a lonely minus', '[-]', 1, 3, "found ']', expected a digit after '-'"],
    ['a point without digits', '[1.]', 1, 4, 'a digit after the decimal point'],
    ['an exponent without digits', '[1e+]', 1, 5, 'the digits of the exponent'],
    ['a plus sign', '[+1]', 1, 2, 'A number starts with a digit'],
    ['a bad escape', '["a\\x"]', 1, 5, "a backslash may not be followed by 'x'"],
    ['a bad unicode escape', '["\\u12g4"]', 1, 7, '4 hexadecimal digits'],
    ['a comma at the start', '[,1]', 1, 2, "found ',', expected a value"],
    ['two commas', '[1,,2]', 1, 4, "found ',', expected a value"],
    ['a lonely comma in an object', '{,}', 1, 2, "found ',', expected a key"],
    ['a missing value', '{"a": }', 1, 7, "found '}', expected a value"],
    ['a comment', '{ // x\n}', 1, 3, 'JSON has no comments'],
    ['Latin-1', Uint8Array.of(0x5b, 0x22, 0xe9, 0x22, 0x5d), 1, 4, 'not encoded as UTF-8'],
    ['an overlong form', Uint8Array.of(0x5b, 0x22, 0xc0, 0x80, 0x22, 0x5d), 1, 3, 'not encoded as UTF-8'],
    ['a surrogate in UTF-8', Uint8Array.of(0x22, 0xed, 0xa0, 0x80, 0x22), 1, 3, 'not encoded as UTF-8'],
    ['an error behind multi-byte characters', '["größe 画像 😀", x]', 1, 16, "found 'x'"],
    ['a NUL byte', '[1,\0]', 1, 4, 'found a NUL byte'],
    ['a deep nest', '['.repeat(201), 1, 201, 'deeper than 200 levels'],
  ];

  test.each(cases)('%s is refused at its place, however it is cut', (_name, input, line, column, part) => {
    const whole = scan(input);
    expect(whole.error?.details).toEqual({ line, column });
    expect(whole.error?.message).toContain(part);
    expect(scan(input, oneByteEach(input))).toEqual(whole);
  });

  test.each(cases)('%s is refused alike where nothing is reported', (_name, input) => {
    expect(scan(input, [], -1).error).toEqual(scan(input, [], MAX_DEPTH).error);
  });

  test('a long word is shortened, so that a piece of a signature does not get into a message', () => {
    const { error } = scan('["https://h/o?X-Amz-Signature="0123456789abcdef0123"]');
    expect(error?.message).toContain("'012345…'");
    expect(error?.message).not.toContain('0123456');
  });
});

describe('well-formed input', () => {
  test('keys, values and offsets of the upper levels are reported', () => {
    expect(scan('{"a\\u0062": ["ü", {"x": [1]}],\n "c": true, "d": -1.5e3 }').log).toEqual([
      'start 0 object @0 1:1',
      'key 1 ab 1:2',
      'start 1 array @12 1:13',
      'start 2 string @13 1:14',
      'end 2 ü @17',
      'start 2 object @19 1:19',
      'end 2 undefined @29',
      'end 1 undefined @30',
      'key 1 c 2:2',
      'start 1 boolean @38 2:7',
      'end 1 true @42',
      'key 1 d 2:13',
      'start 1 number @49 2:18',
      'end 1 undefined @55',
      'end 0 undefined @57',
    ]);
  });

  test('a trailing comma is reported at its own place, at any depth', () => {
    const { log, error } = scan('{"a": [[1,\n],],\n}');
    expect(error).toBeNull();
    expect(log.filter((entry) => entry.startsWith('comma'))).toEqual([
      'comma @9 1:10',
      'comma @12 2:2',
      'comma @14 2:4',
    ]);
  });
});

const cutSizes = fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 200 });
const document = fc
  .tuple(fc.jsonValue({ maxDepth: 5 }), fc.constantFrom('', ' ', '\t', 2))
  .map(([value, indent]) => JSON.stringify(value, null, indent));
const edited = fc
  .tuple(
    document,
    fc.nat(),
    fc.nat({ max: 3 }),
    fc.constantFrom('', '"', ',', '}', ']', '{', '[', ':', '\\', '0', '-', 'e', '.', '\n', 'é', 'true'),
  )
  .map(([text, at, removed, inserted]) => {
    const index = at % (text.length + 1);
    return text.slice(0, index) + inserted + text.slice(index + removed);
  });

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

describe('any input', () => {
  test('is reported alike however it is cut', () => {
    fc.assert(
      fc.property(fc.oneof(document, edited), cutSizes, (text, cuts) => {
        expect(scan(text, cuts)).toEqual(scan(text));
      }),
      { numRuns: 1500 },
    );
  });

  test('is read alike where nothing is reported', () => {
    const faults = (seen: Seen) => [seen.error, seen.log.filter((entry) => entry.startsWith('comma'))];
    fc.assert(
      fc.property(fc.oneof(document, edited), cutSizes, (text, cuts) => {
        expect(faults(scan(text, cuts, -1))).toEqual(faults(scan(text, [], MAX_DEPTH)));
      }),
      { numRuns: 3000 },
    );
  });

  test('is accepted exactly if JSON.parse accepts it, trailing commas aside', () => {
    fc.assert(
      fc.property(fc.oneof(document, edited), (text) => {
        const { log, error } = scan(text);
        const offsets = log.flatMap((entry) =>
          entry.startsWith('comma') ? [Number(/@(\d+)/.exec(entry)?.[1])] : [],
        );
        const bytes = encoder.encode(text);
        for (const offset of offsets) bytes[offset] = 0x20;
        expect(error === null).toBe(isJson(new TextDecoder().decode(bytes)));
      }),
      { numRuns: 4000 },
    );
  });

  test('bytes that are not UTF-8 are refused in strings', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 6 }), (inside) => {
        const bytes = Uint8Array.from([
          0x22,
          ...inside.filter((byte) => byte !== 0x22 && byte !== 0x5c && byte >= 0x20),
          0x22,
        ]);
        let isUtf8 = true;
        try {
          new TextDecoder('utf-8', { fatal: true }).decode(bytes);
        } catch {
          isUtf8 = false;
        }
        expect(scan(bytes).error === null).toBe(isUtf8);
      }),
      { numRuns: 3000 },
    );
  });
});
