import type { UnitKind } from '@latchkey/contract/kinds';
import { describe, expect, test } from 'vitest';
import type { ManifestForm } from '../scan/manifest-events.js';
import { ManifestScanner } from '../scan/manifest-scanner.js';
import type { ManifestOutline } from '../scan/outline.js';
import { pickElements } from './pick-elements.js';
import { type PickedElements, writePickedJson, writePickedNdjson } from './write-picked.js';

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const flags = { skipDuplicateUrls: true, upsertMetadata: false, allowExpiredUrls: false };

function scan(text: string, form: ManifestForm, unitsPerPart = 1000): ManifestOutline {
  const scanner = new ManifestScanner({ form, unitsPerPart });
  scanner.push(encoder.encode(text));
  return scanner.end();
}

/** The elements with these numbers in the whole file, part by part. */
function picked(text: string, form: ManifestForm, wanted: (element: number) => boolean): PickedElements[] {
  const bytes = encoder.encode(text);
  return scan(text, form, 3).parts.map((part) => {
    const indexes = Array.from({ length: part.unitCount }, (_, index) => index);
    const failed = indexes.filter((index) => wanted(part.firstElement + index));
    return {
      kind: part.kind,
      elements: pickElements(bytes.subarray(part.byteStart, part.byteEnd), part, failed),
    };
  });
}

async function textOf(pieces: AsyncIterable<Uint8Array>): Promise<string> {
  let text = '';
  for await (const piece of pieces) text += decoder.decode(piece);
  return text;
}

const shown = (elements: Uint8Array[]): string[] => elements.map((element) => decoder.decode(element));

describe('picked elements', () => {
  const place = { firstElement: 4, firstLine: 1, firstColumn: 1 };

  test('are the bytes of the elements of a JSON part', () => {
    const slice = encoder.encode('{"a": "größe, ]"} ,\n 5,{ "b" : [1,\n2]},"x"');
    expect(shown(pickElements(slice, { kind: 'images', ...place }, [2, 0, 3]))).toEqual([
      '{ "b" : [1,\n2]}',
      '{"a": "größe, ]"}',
      '"x"',
    ]);
  });

  test('have spaces for trailing commas, and the slice keeps them', () => {
    const slice = encoder.encode('{"a": [1,],}');
    expect(shown(pickElements(slice, { kind: 'images', ...place }, [0]))).toEqual(['{"a": [1 ] }']);
    expect(decoder.decode(slice)).toBe('{"a": [1,],}');
  });

  test('are the lines of an NDJSON part, broken ones too', () => {
    const slice = encoder.encode('{"a": 1}\r\n\r\n  {"b": \r\n{"c": 3,}');
    expect(shown(pickElements(slice, { kind: null, ...place }, [1, 2]))).toEqual(['{"b":', '{"c": 3,}']);
  });

  test('are refused if the part has no such element', () => {
    expect(() => pickElements(encoder.encode('1,2'), { kind: 'images', ...place }, [2])).toThrow('it has 2');
  });
});

describe('a manifest of picked elements', () => {
  const json = JSON.stringify({
    images: Array.from({ length: 8 }, (_, index) => ({ title: `ü${index}` })),
    note: 1,
    videos: [{ title: 'v' }],
    pdfs: [{ title: 'p0' }, { title: 'p1' }],
  });

  test('in JSON has them in the arrays of their kinds, one a line', async () => {
    const groups = picked(json, 'manifest', (element) => element % 2 === 1);
    const text = await textOf(writePickedJson(groups, flags));
    expect(JSON.parse(text)).toEqual({
      images: [1, 3, 5, 7].map((index) => ({ title: `ü${index}` })),
      pdfs: [{ title: 'p1' }],
      skip_duplicate_urls: true,
      upsert_metadata: false,
    });
    expect(text.split('\n')[2]).toBe('    {"title":"ü1"},');
    expect(scan(text, 'manifest').warnings).toEqual([]);
  });

  test('in JSON is still a manifest when nothing is picked', async () => {
    expect(JSON.parse(await textOf(writePickedJson([], flags)))).toEqual({
      skip_duplicate_urls: true,
      upsert_metadata: false,
    });
  });

  test('in NDJSON has the lines as given behind the flags', async () => {
    const lines = ['{"type": "image"}', 'nope', '{"type": "pdf",}', '{"a": "größe"}', '[', '{}'];
    const groups = picked(lines.join('\r\n'), 'ndjson', (element) => element > 0);
    const text = await textOf(writePickedNdjson(groups, flags));
    expect(text).toBe(
      ['{"skip_duplicate_urls": true, "upsert_metadata": false}', ...lines.slice(1), ''].join('\n'),
    );
    expect(scan(text, 'ndjson')).toMatchObject({ unitCount: 5, flags });
  });

  test('comes in pieces of about 64 KiB', async () => {
    const element = encoder.encode(JSON.stringify({ title: 'x'.repeat(1000) }));
    async function* groups(kind: UnitKind | null): AsyncGenerator<PickedElements> {
      for (let part = 0; part < 5; part++)
        yield { kind, elements: Array.from({ length: 50 }, () => element) };
    }
    for (const pieces of [writePickedJson(groups('text'), flags), writePickedNdjson(groups(null), flags)]) {
      const sizes: number[] = [];
      for await (const piece of pieces) sizes.push(piece.length);
      expect(sizes).toHaveLength(4);
      expect(Math.max(...sizes)).toBeLessThan(67_000);
    }
  });

  test.each([
    ['a kind that comes back', ['images', 'videos', 'images'], 'must be written together'],
    ['a line of NDJSON', [null], 'cannot go into a JSON manifest'],
  ] as const)('in JSON refuses %s', async (_name, kinds, part) => {
    const groups = kinds.map((kind) => ({ kind, elements: [encoder.encode('{}')] }));
    await expect(textOf(writePickedJson(groups, flags))).rejects.toThrow(part);
  });
});
