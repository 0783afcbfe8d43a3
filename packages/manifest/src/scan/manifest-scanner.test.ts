import { LatchkeyError } from '@latchkey/contract/errors';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ManifestScanner, type ManifestScannerOptions } from './manifest-scanner.js';
import type { ManifestOutline, ManifestPart } from './outline.js';

const encoder = new TextEncoder();
const bytesOf = (input: unknown): Uint8Array =>
  input instanceof Uint8Array
    ? input
    : encoder.encode(typeof input === 'string' ? input : JSON.stringify(input));

function outlineOf(
  input: unknown,
  options: Partial<ManifestScannerOptions> = {},
  chunk = Infinity,
): ManifestOutline {
  const bytes = bytesOf(input);
  const scanner = new ManifestScanner({ form: 'manifest', ...options });
  for (let at = 0; at < bytes.length; at += chunk) scanner.push(bytes.subarray(at, at + chunk));
  return scanner.end();
}

function refusalOf(input: unknown, options: Partial<ManifestScannerOptions> = {}): LatchkeyError {
  try {
    outlineOf(input, options);
  } catch (error) {
    if (error instanceof LatchkeyError) return error;
    throw error;
  }
  throw new Error('the manifest was accepted');
}

const sliceOf = (input: unknown, part: ManifestPart): string =>
  new TextDecoder().decode(bytesOf(input).subarray(part.byteStart, part.byteEnd));
const units = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ objectUrl: `https://h/${index}` }));

describe('parts', () => {
  test('cover all elements of each array in order and never span two arrays', () => {
    const text = JSON.stringify({ images: units(5), upsert_metadata: true, videos: units(2), pdfs: [] });
    const outline = outlineOf(text, { unitsPerPart: 2 });
    expect(outline.parts.map(({ kind, firstElement, unitCount }) => [kind, firstElement, unitCount])).toEqual(
      [
        ['images', 0, 2],
        ['images', 2, 2],
        ['images', 4, 1],
        ['videos', 0, 2],
      ],
    );
    expect(outline.parts.flatMap((part) => JSON.parse(`[${sliceOf(text, part)}]`))).toEqual([
      ...units(5),
      ...units(2),
    ]);
    expect(outline).toMatchObject({ unitCount: 7, byteLength: text.length, envelope: null });
    expect(outline.unitCounts).toMatchObject({ images: 5, videos: 2, pdfs: 0, audio: 0 });
    expect(outline.flags).toEqual({
      skipDuplicateUrls: false,
      upsertMetadata: true,
      allowExpiredUrls: false,
    });
  });

  test('close once they reach the byte bound', () => {
    const outline = outlineOf({ text: units(6) }, { bytesPerPart: 40 });
    expect(outline.parts.map((part) => part.unitCount)).toEqual([2, 2, 2]);
  });

  test('tell line and column of their first element in characters', () => {
    const text =
      '{"note":"größe 😀","images":[{"objectUrl":"https://h/1"},\n\n  {"objectUrl":"https://h/2"}]}';
    const { parts } = outlineOf(text, { unitsPerPart: 1 });
    expect(parts.map((part) => [part.firstLine, part.firstColumn])).toEqual([
      [1, text.indexOf('{"objectUrl')],
      [3, 3],
    ]);
  });

  test('go to the callback if there is one', () => {
    const parts: ManifestPart[] = [];
    const outline = outlineOf({ images: units(3) }, { unitsPerPart: 1, onPart: (part) => parts.push(part) });
    expect(outline.parts).toEqual([]);
    expect(parts.map((part) => part.firstElement)).toEqual([0, 1, 2]);
  });
});

test('the bytes of an element are needed from its start, whatever it is', () => {
  for (const element of ['null', 'true', '12', '"ab"', '[12]', '{ }']) {
    const start = `{"images": [${' '.repeat(600)}`;
    const scanner = new ManifestScanner({ form: 'manifest' });
    scanner.push(encoder.encode(start + element.slice(0, 2)));
    expect(scanner.neededFrom, element).toBe(start.length);
  }
});

describe('keys', () => {
  test('arrays and flags are known in either case, and null counts as absent', () => {
    const outline = outlineOf({
      skipDuplicateUrls: true,
      image_groups: [{}],
      imageGroups: null,
      dicomSeries: [{}],
      upsert_metadata: null,
      pdf: units(1),
    });
    expect(outline.unitCounts).toMatchObject({ imageGroups: 1, dicomSeries: 1, pdfs: 1 });
    expect(outline.flags).toEqual({
      skipDuplicateUrls: true,
      upsertMetadata: false,
      allowExpiredUrls: false,
    });
    expect(outline.warnings).toEqual([]);
  });

  test('a key with escapes is read as what it stands for', () => {
    expect(outlineOf('{"im\\u0061ges": [{}]}').unitCounts?.images).toBe(1);
  });

  test('an unknown key is skipped with a warning, whatever its value', () => {
    const { warnings, unitCount } = outlineOf('{\n "meta": {"images": [1, 2]},\n "images": [{}]}');
    expect(unitCount).toBe(1);
    expect(warnings).toEqual([
      {
        code: 'unknown_key',
        message: 'The key "meta" is not known and was left out.',
        place: { kind: null, element: null, line: 2, column: 2, field: 'meta' },
      },
    ]);
  });

  test('a URL in place of a key is shown without its query', () => {
    const { warnings } = outlineOf({ images: [{}], 'https://h/a?sig=secret': 1 });
    expect(warnings).toMatchObject([{ code: 'unknown_key', place: { field: 'https://h/a…' } }]);
    expect(JSON.stringify(warnings)).not.toContain('secret');
  });

  test('an array that is there twice is read twice, and its elements go on counting', () => {
    const { parts, warnings } = outlineOf('{"images": [{}, {}], "videos": [{}], "images": [{}]}');
    expect(parts.map((part) => [part.kind, part.firstElement])).toEqual([
      ['images', 0],
      ['videos', 0],
      ['images', 2],
    ]);
    expect(warnings).toMatchObject([{ code: 'duplicate_key', place: { line: 1, column: 38 } }]);
  });
});

describe('tolerated syntax', () => {
  test('trailing commas pass with a warning that names the element', () => {
    const { warnings, unitCount } = outlineOf('{"images": [{}, {"a": [1,],},], "upsert_metadata": true,}');
    expect(unitCount).toBe(2);
    expect(warnings.map(({ code, place }) => [code, place.kind, place.element, place.column])).toEqual([
      ['trailing_comma', 'images', 1, 25],
      ['trailing_comma', 'images', 1, 27],
      ['trailing_comma', 'images', null, 29],
      ['trailing_comma', null, null, 56],
    ]);
  });

  test('a byte order mark passes with a warning, and offsets count it', () => {
    const text = '\ufeff{"images": [{"a": 1}]}';
    const outline = outlineOf(text);
    expect(outline.warnings).toMatchObject([{ code: 'byte_order_mark' }]);
    expect(outline.parts.map((part) => sliceOf(text, part))).toEqual(['{"a": 1}']);
    expect(outline.parts[0]).toMatchObject({ firstLine: 1, firstColumn: 13 });
    expect(outline.byteLength).toBe(encoder.encode(text).length);
  });

  test('more than 100 warnings are counted in the last one', () => {
    const { warnings } = outlineOf(`{"images": [${'{"a": 1,},'.repeat(500)}]}`);
    expect(warnings).toHaveLength(100);
    expect(warnings.at(-1)).toMatchObject({ code: 'more_warnings', message: 'There are 402 more warnings.' });
  });
});

describe('refusals', () => {
  test.each([
    ['an array at the root', '[{"objectUrl": "https://h/1"}]', 'not_a_manifest', '{ "images": [...] }'],
    ['a string at the root', '"x"', 'not_a_manifest', 'a string, not an object'],
    ['an object without a known key', '{"files": [], "x": 1}', 'not_a_manifest', 'found "files", "x"'],
    ['an empty object', '{}', 'not_a_manifest', 'has no array such as'],
    ['empty arrays', '{"images": [], "videos": null}', 'manifest_empty', 'lists nothing'],
    [
      'an array that is an object',
      '{"images": {}}',
      'manifest_wrong_type',
      '"images" must be an array; found an object at line 1, column 12',
    ],
    [
      'a flag in quotes',
      '{"images": [{}], "skip_duplicate_urls": "true"}',
      'manifest_wrong_type',
      'must be true or false, without quotes; found a string',
    ],
    ['a flag that is a number', '{"upsertMetadata": 1}', 'manifest_wrong_type', 'found a number'],
    ['HTML', '<!DOCTYPE html>\n<html>', 'malformed_json', 'looks like HTML'],
    ['CSV', 'ObjectURL,Video title\nhttps://h/1,a\n', 'malformed_json', 'looks like CSV'],
    ['quoted CSV', '"ObjectURL","Video title"\n', 'not_a_manifest', 'looks like CSV'],
    ['CSV of one column', 'https://h/1?sig=secret\n', 'malformed_json', 'looks like CSV'],
    [
      'UTF-16 with a mark',
      Uint8Array.of(0xff, 0xfe, 0x7b, 0, 0x7d, 0),
      'malformed_json',
      'encoded as UTF-16',
    ],
    ['UTF-16 without a mark', Uint8Array.of(0, 0x7b, 0, 0x7d), 'malformed_json', 'encoded as UTF-16'],
    ['gzip', Uint8Array.of(0x1f, 0x8b, 8, 0), 'malformed_json', 'gzip'],
    ['nothing', '', 'malformed_json', 'the input is empty'],
  ])('%s is refused', (_name, input, code, part) => {
    const error = refusalOf(input);
    expect(error.code).toBe(code);
    expect(error.message).toContain(part);
    expect(error.message).not.toContain('secret');
  });

  test('more units than allowed are refused at the first one too many', () => {
    const error = refusalOf({ images: units(2), videos: units(2) }, { limits: { manifestUnits: 3 } });
    expect(error.code).toBe('manifest_too_many_units');
    expect(error.message).toContain('more than the 3 units allowed (limit manifestUnits, at line ');
  });

  test('an element that is too large is refused before its end is seen', () => {
    const scanner = new ManifestScanner({ form: 'manifest', limits: { manifestElementBytes: 2000 } });
    scanner.push(encoder.encode(`{"images": [{},\n {"clientMetadata": {"a": "${'x'.repeat(1000)}`));
    expect(() => scanner.push(encoder.encode('x'.repeat(1000)))).toThrow(
      /Element 1 of "images", at line 2, column 2, is larger than the 2000 bytes allowed \(limit manifestElementBytes\)/,
    );
  });
});

describe('the envelope of the official client', () => {
  const envelope = (input: unknown) => outlineOf(input, { form: 'envelope' });

  test('a manifest in externalFiles is read with the fields around it', () => {
    const text = JSON.stringify({
      dataItems: null,
      externalFiles: { skip_duplicate_urls: true, images: units(2), note: 1 },
      integrationHash: 'f5a1c1de-0000-4000-8000-000000000000',
      ignoreErrors: true,
      fileName: 'grüße.json',
    });
    const outline = envelope(text);
    expect(outline.envelope).toEqual({
      source: 'externalFiles',
      integrationHash: 'f5a1c1de-0000-4000-8000-000000000000',
      ignoreErrors: true,
      fileName: 'grüße.json',
    });
    expect(outline.flags.skipDuplicateUrls).toBe(true);
    expect(outline.parts.map((part) => sliceOf(text, part))).toEqual([JSON.stringify(units(2)).slice(1, -1)]);
    expect(outline.warnings.map((warning) => warning.place.field)).toEqual(['note']);
  });

  test('structured items in data_items are read, in snake case and with nulls', () => {
    const outline = envelope({
      ignore_errors: null,
      file_name: null,
      integration_hash: null,
      external_files: null,
      data_items: { videos: units(1), images: null, skipDuplicateUrls: false },
    });
    expect(outline.envelope).toEqual({
      source: 'dataItems',
      integrationHash: null,
      ignoreErrors: false,
      fileName: null,
    });
    expect(outline.unitCounts?.videos).toBe(1);
  });

  test('arrays outside externalFiles are unknown keys', () => {
    const outline = envelope({
      images: units(3),
      externalFiles: { images: units(1) },
      other: { images: units(1) },
    });
    expect(outline.unitCount).toBe(1);
    expect(outline.warnings.map((warning) => warning.place.field)).toEqual(['images', 'other']);
  });

  test.each([
    ['neither form', { integrationHash: null, externalFiles: null }, 'not_a_manifest', 'neither'],
    [
      'both forms',
      { externalFiles: { images: [] }, dataItems: {} },
      'manifest_wrong_type',
      'both "externalFiles" and "dataItems"',
    ],
    [
      'externalFiles as text',
      { externalFiles: '{}' },
      'manifest_wrong_type',
      'must be an object; found a string',
    ],
    ['ignoreErrors as text', { ignoreErrors: 'true' }, 'manifest_wrong_type', 'without quotes'],
    ['an integration that is a number', { integrationHash: 1 }, 'manifest_wrong_type', 'must be a string'],
    ['an endless file name', { fileName: 'x'.repeat(5000) }, 'manifest_wrong_type', 'too long'],
    ['externalFiles without an array', { externalFiles: {} }, 'not_a_manifest', 'has no array'],
    ['externalFiles without units', { externalFiles: { images: [] } }, 'manifest_empty', 'lists nothing'],
  ])('%s is refused', (_name, input, code, part) => {
    const error = refusalOf(input, { form: 'envelope' });
    expect(error.code).toBe(code);
    expect(error.message).toContain(part);
  });
});

describe('any manifest', () => {
  const manifest = fc.record(
    {
      images: fc.array(fc.jsonValue({ maxDepth: 3 })),
      video: fc.array(fc.jsonValue({ maxDepth: 2 })),
      extra: fc.jsonValue(),
      skip_duplicate_urls: fc.boolean(),
    },
    { requiredKeys: [] },
  );

  test('has the same outline or the same refusal however it is cut', () => {
    const outcome = (text: string, chunk: number) => {
      try {
        return outlineOf(text, { unitsPerPart: 3 }, chunk);
      } catch (error) {
        return error instanceof LatchkeyError ? [error.code, error.message, error.details] : error;
      }
    };
    fc.assert(
      fc.property(
        manifest,
        fc.integer({ min: 1, max: 40 }),
        fc.constantFrom(0, 1),
        (value, chunk, indent) => {
          const text = JSON.stringify(value, null, indent);
          expect(outcome(text, chunk)).toEqual(outcome(text, Infinity));
        },
      ),
      { numRuns: 500 },
    );
  });

  test('gives back every element in its parts', () => {
    fc.assert(
      fc.property(manifest, (value) => {
        fc.pre((value.images?.length ?? 0) + (value.video?.length ?? 0) > 0);
        const text = JSON.stringify(value, null, 1);
        const { parts } = outlineOf(text, { unitsPerPart: 2 }, 7);
        const elementsOf = (kind: string) =>
          parts
            .filter((part) => part.kind === kind)
            .flatMap((part) => JSON.parse(`[${sliceOf(text, part)}]`));
        const plain = JSON.parse(text);
        expect(elementsOf('images')).toEqual(plain.images ?? []);
        expect(elementsOf('videos')).toEqual(plain.video ?? []);
      }),
      { numRuns: 500 },
    );
  });
});
