import { LatchkeyError } from '@latchkey/contract/errors';
import { describe, expect, test } from 'vitest';
import { noFlags } from './manifest-keys.js';
import { ManifestScanner, type ManifestScannerOptions } from './manifest-scanner.js';
import type { ManifestOutline } from './outline.js';

const encoder = new TextEncoder();
const unit = (index: number): string => `{"type": "image", "objectUrl": "https://h/${index}"}`;
const units = (count: number): string[] => Array.from({ length: count }, (_, index) => unit(index));

function outlineOf(
  text: string | Uint8Array,
  options: Partial<ManifestScannerOptions> = {},
  chunk = Infinity,
): ManifestOutline {
  const bytes = typeof text === 'string' ? encoder.encode(text) : text;
  const scanner = new ManifestScanner({ form: 'ndjson', ...options });
  for (let at = 0; at < bytes.length; at += chunk) scanner.push(bytes.subarray(at, at + chunk));
  return scanner.end();
}

function refusalOf(...input: Parameters<typeof outlineOf>): LatchkeyError {
  try {
    outlineOf(...input);
  } catch (error) {
    if (error instanceof LatchkeyError) return error;
    throw error;
  }
  throw new Error('the manifest was accepted');
}

describe('lines', () => {
  test('make parts that count through the whole file and name no kind', () => {
    const text = units(5).join('\n');
    const outline = outlineOf(text, { unitsPerPart: 2 });
    expect(
      outline.parts.map((part) => [
        part.kind,
        part.firstElement,
        part.unitCount,
        part.firstLine,
        part.firstColumn,
      ]),
    ).toEqual([
      [null, 0, 2, 1, 1],
      [null, 2, 2, 3, 1],
      [null, 4, 1, 5, 1],
    ]);
    expect(outline.parts.map((part) => text.slice(part.byteStart, part.byteEnd))).toEqual([
      units(5).slice(0, 2).join('\n'),
      units(5).slice(2, 4).join('\n'),
      unit(4),
    ]);
    expect(outline).toMatchObject({
      unitCount: 5,
      unitCounts: null,
      envelope: null,
      byteLength: text.length,
    });
  });

  test('that are blank are counted as lines and not as units', () => {
    const outline = outlineOf(`\r\n \t\n${unit(0)}\r\n\r\n${unit(1)}\n\n`, { unitsPerPart: 1 });
    expect(outline.parts.map((part) => part.firstLine)).toEqual([3, 5]);
    expect(outline.unitCount).toBe(2);
  });

  test('are not looked into behind the first one', () => {
    expect(outlineOf(`${unit(0)}\nnope\n[1]\n`).unitCount).toBe(3);
  });

  test('close a part once it reaches the byte bound', () => {
    const outline = outlineOf(units(6).join('\n'), { bytesPerPart: 50 });
    expect(outline.parts.map((part) => part.unitCount)).toEqual([2, 2, 2]);
  });

  test.each([1, 2, 7, 64])('give the same outline in pieces of %i bytes', (size) => {
    const text = `\ufeff\n{"upsert_metadata": true}\r\n\n  ${units(9).join('\r\n \n')}\n`;
    const options = { unitsPerPart: 2 };
    expect(outlineOf(text, options, size)).toEqual(outlineOf(text, options));
  });

  test('behind a byte order mark keep their offsets in the file', () => {
    const outline = outlineOf(`\ufeff${unit(0)}\n`);
    expect(outline.warnings).toMatchObject([{ code: 'byte_order_mark' }]);
    expect(outline.parts).toMatchObject([{ byteStart: 3, byteEnd: 3 + unit(0).length }]);
  });

  test('that the open part needs are asked for until it is cut out', () => {
    const scanner = new ManifestScanner({ form: 'ndjson', unitsPerPart: 2 });
    const text = encoder.encode(`${unit(0)}\n${' '.repeat(1000)}\n`);
    scanner.push(text);
    expect(scanner.neededFrom).toBe(0);
    scanner.push(encoder.encode(`${unit(1)}\n`));
    expect(scanner.neededFrom).toBe(text.length + unit(1).length + 1);
    expect(scanner.unitCount).toBe(2);
  });
});

describe('the first line', () => {
  test.each([
    ['{"skip_duplicate_urls": true}', true, false],
    [' { "upsertMetadata": true, "skipDuplicateUrls": null } \r', false, true],
    ['{"upsert_metadata":true,"skip_duplicate_urls":true}', true, true],
  ])('holds the flags: %s', (line, skipDuplicateUrls, upsertMetadata) => {
    const outline = outlineOf(`\n${line}\n${unit(0)}\n`);
    expect(outline.flags).toEqual({ skipDuplicateUrls, upsertMetadata, allowExpiredUrls: false });
    expect(outline.unitCount).toBe(1);
    expect(outline.parts).toMatchObject([{ firstElement: 0, unitCount: 1, firstLine: 3 }]);
  });

  test.each(['{}', '{"type":"image","skip_duplicate_urls":true}', '{"type":"image"', '{"a": nope}', unit(0)])(
    'is a unit if it has more or less than flags: %s',
    (line) => {
      const outline = outlineOf(line);
      expect(outline.unitCount).toBe(1);
      expect(outline.flags).toEqual(noFlags);
    },
  );

  test('is refused when a flag is no boolean', () => {
    expect(refusalOf(`{"skip_duplicate_urls": "true"}\n${unit(0)}`)).toMatchObject({
      code: 'manifest_wrong_type',
      details: { field: 'skip_duplicate_urls', line: 1, column: 25 },
    });
  });

  test.each([
    ['an array', `[${unit(0)}]`, 'send it as application/json'],
    ['an open object', `{\n  "images": [${unit(0)}]\n}`, 'send it as application/json'],
    ['an open array', `{ "images": [\n ${unit(0)}\n] }`, 'send it as application/json'],
    ['an open flag', `{ "skip_duplicate_urls": true,\n "images": [] }`, 'send it as application/json'],
    ['a whole manifest', `{"images": [${unit(0)}]}`, 'send it as application/json'],
    ['CSV', 'objectUrl,title\nhttps://h/1,a', 'looks like CSV'],
    ['a list of URLs', 'https://h/1\nhttps://h/2', 'looks like CSV'],
    ['HTML', '<html><body>Sign in</body></html>', 'looks like HTML'],
    ['a number', '17', "found '1' at line 1, column 1, expected '{'"],
  ])('is refused if it starts %s', (_name, text, part) => {
    for (const size of [1, Infinity]) {
      const error = refusalOf(`\n${text}`, {}, size);
      expect(error.code).toBe('not_a_manifest');
      expect(error.message).toContain(part.replace('line 1', 'line 2'));
    }
  });

  test('of a JSON manifest without line breaks is told so before it grows too long', () => {
    const text = `{"images": [${units(900).join(',')}]}`;
    const error = refusalOf(text, { limits: { manifestElementBytes: 1000 } }, 100);
    expect(error.message).toContain('send it as application/json');
  });
});

describe('a refusal', () => {
  test('of a line that is too long comes while it is read and names it', () => {
    const scanner = new ManifestScanner({ form: 'ndjson', limits: { manifestElementBytes: 2000 } });
    scanner.push(encoder.encode(`${unit(0)}\n{"type": "image", "title": "`));
    const push = () => {
      for (let count = 0; count < 30; count++) scanner.push(encoder.encode('x'.repeat(100)));
    };
    expect(push).toThrow(/Line 2 is larger than the 2000 bytes allowed \(limit manifestElementBytes\)/);
  });

  test('of too many units names the limit and the line', () => {
    const error = refusalOf(units(4).join('\n'), { limits: { manifestUnits: 3 } });
    expect(error.code).toBe('manifest_too_many_units');
    expect(error.message).toContain('the 3 units allowed (limit manifestUnits, at line 4, column 1)');
  });

  test.each(['', '\n \r\n', '{"skip_duplicate_urls": true}\n'])(
    'of %j says that nothing is listed',
    (text) => {
      expect(refusalOf(text).code).toBe('manifest_empty');
    },
  );

  test('of UTF-16 says how to save the file', () => {
    const bytes = new Uint8Array([...unit(0)].flatMap((character) => [character.charCodeAt(0), 0]));
    expect(refusalOf(bytes).message).toContain('encoded as UTF-16');
  });
});
