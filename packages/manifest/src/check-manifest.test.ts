import { readFile } from 'node:fs/promises';
import { limits } from '@latchkey/contract/limits';
import { describe, expect, test } from 'vitest';
import { type CheckProgress, checkManifest } from './check-manifest.js';
import { SliceWindow } from './slice-window.js';

const strict = { strict: true, allowedHosts: ['*.amazonaws.com', 'encord-directaccess.acme.com'] };
const encoder = new TextEncoder();

async function* pieces(text: string | Uint8Array, size = 64): AsyncGenerator<Uint8Array> {
  const bytes = typeof text === 'string' ? encoder.encode(text) : text;
  for (let at = 0; at < bytes.length; at += size) yield bytes.slice(at, at + size);
}

const readFixture = (name: string) => readFile(new URL(`../fixtures/${name}.json`, import.meta.url));

describe('the published examples', () => {
  test.each([
    [
      'images',
      'images',
      2,
      [
        [11, 8],
        [21, 8],
        [22, 6],
      ],
    ],
    [
      'audio',
      'audio',
      2,
      [
        [14, 10],
        [27, 10],
      ],
    ],
    [
      'videos',
      'videos',
      2,
      [
        [13, 10],
        [25, 10],
        [26, 6],
      ],
    ],
    ['text', 'text', 1, [[10, 6]]],
    ['pdf', 'pdfs', 1, [[9, 6]]],
    ['pdf-unsigned', 'pdfs', 1, [[9, 6]]],
  ] as const)(
    '%s passes under strict access, with a warning for each trailing comma',
    async (name, kind, count, commas) => {
      const report = await checkManifest(pieces(await readFixture(name), 13), strict);
      expect(report).toMatchObject({ refusal: null, errorCount: 0, errors: [] });
      expect(report.outline?.unitCounts?.[kind]).toBe(count);
      expect(report.outline?.unitCount).toBe(count);
      expect(report.outline?.flags.skipDuplicateUrls).toBe(true);
      expect(report.warnings.map(({ code, place }) => [code, place.line, place.column])).toEqual(
        commas.map((place) => ['trailing_comma', ...place]),
      );
    },
  );
});

describe('a report', () => {
  test('counts all errors by code and kind and keeps the first', async () => {
    const text = JSON.stringify({
      images: [{}, { objectUrl: 'https://x.org/a' }, ...Array.from({ length: 3000 }, () => 5)],
      audio: [{ objectUrl: 'https://a.amazonaws.com/a', odd: 1 }],
    });
    const progress: CheckProgress[] = [];
    const report = await checkManifest(pieces(text, 1000), strict, {
      maxErrors: 2,
      onProgress: (step) => progress.push(step),
    });
    expect(report.errors.map(({ code, element }) => [code, element])).toEqual([
      ['object_url_missing', 0],
      ['host_not_allowed', 1],
    ]);
    expect(report.errorCount).toBe(3003);
    expect(report.errorsByCode).toEqual({
      object_url_missing: 1,
      host_not_allowed: 1,
      unit_not_an_object: 3000,
      media_metadata_missing: 1,
    });
    expect(report.errorsByKind).toEqual({ images: 3002, audio: 1 });
    expect(report.warnings).toMatchObject([{ code: 'unknown_key', place: { kind: 'audio', field: 'odd' } }]);
    expect(progress.at(-1)?.bytes).toBe(text.length);
  });

  test('has the refusal and what was found before it', async () => {
    const report = await checkManifest(pieces(`{"images": [${'1,'.repeat(1500)} x]}`), strict);
    expect(report.refusal).toMatchObject({ code: 'malformed_json', details: { line: 1 } });
    expect(report.outline).toBeNull();
    expect(report.errorCount).toBe(1000);
  });

  test('of an envelope has its fields', async () => {
    const text = '{"externalFiles": {"pdfs": [{"objectUrl": "https://a.amazonaws.com/a"}]}, "fileName": "f"}';
    const report = await checkManifest(
      pieces(text),
      { strict: false, allowedHosts: [] },
      { form: 'envelope' },
    );
    expect(report.outline?.envelope).toMatchObject({ source: 'externalFiles', fileName: 'f' });
  });

  test('of NDJSON counts by the kinds that its lines name', async () => {
    const text = '{"type": "pdf", "objectUrl": "https://h/1"}\n{"type": "image"}\nnope\n';
    const report = await checkManifest(
      pieces(text, 7),
      { strict: false, allowedHosts: [] },
      { form: 'ndjson' },
    );
    expect(report).toMatchObject({
      refusal: null,
      errorCount: 2,
      errorsByCode: { object_url_missing: 1, unit_malformed: 1 },
      errorsByKind: { images: 1 },
      unitsByKind: { pdfs: 1, images: 1 },
    });
    expect(report.outline).toMatchObject({ unitCount: 3, unitCounts: null });
  });

  test('keeps to the limits of the rules', async () => {
    const rules = { strict: false, allowedHosts: [], limits: { ...limits, manifestUnits: 1 } };
    const report = await checkManifest(pieces('{"images": [{}, {}]}'), rules);
    expect(report.refusal?.message).toContain('the 1 units allowed (limit manifestUnits');
  });

  test('is given up when the signal aborts', async () => {
    const check = checkManifest(pieces('{}'), strict, { signal: AbortSignal.abort(new Error('closed')) });
    await expect(check).rejects.toThrow('closed');
  });
});

test('a window slices across chunks and drops what lies before', () => {
  const window = new SliceWindow();
  for (const text of ['abc', 'def', 'ghi']) window.append(encoder.encode(text));
  window.dropBefore(4);
  expect(new TextDecoder().decode(window.slice(4, 8))).toBe('efgh');
  expect(window.keptBytes).toBe(6);
});
