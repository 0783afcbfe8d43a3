import { expect, test } from 'vitest';
import { readPart } from '../read/read-part.js';
import { ManifestScanner } from '../scan/manifest-scanner.js';
import type { UnitsByKind, WritableUnit } from './unit-json.js';
import { writeNdjsonManifest } from './write-ndjson.js';

async function piecesOf(...input: Parameters<typeof writeNdjsonManifest>): Promise<string[]> {
  const pieces: string[] = [];
  for await (const piece of writeNdjsonManifest(...input)) pieces.push(piece);
  return pieces;
}

const one: WritableUnit = { objectUrl: 'https://h/1', title: 'größe' };

test('a manifest has the flags on its first line and one unit a line, its type first', async () => {
  const units: UnitsByKind = { videos: [one], images: [one, one], audio: [one], text: [one], pdfs: [one] };
  const pieces = await piecesOf(units, { skipDuplicateUrls: true });
  const rest = '"objectUrl":"https://h/1","title":"größe"}';
  expect(pieces.join('')).toBe(
    [
      '{"skip_duplicate_urls": true}',
      `{"type":"video",${rest}`,
      `{"type":"image",${rest}`,
      `{"type":"image",${rest}`,
      `{"type":"audio",${rest}`,
      `{"type":"text",${rest}`,
      `{"type":"pdf",${rest}`,
      '',
    ].join('\n'),
  );
});

test('a manifest without flags and units is empty', async () => {
  expect(await piecesOf({ images: [] })).toEqual([]);
});

test('what is written in pieces reads back as the same units', async () => {
  const images = Array.from({ length: 3000 }, (_, index) => ({ ...one, clientMetadata: { index } }));
  const pieces = await piecesOf(
    { images, pdfs: [one] },
    { skipDuplicateUrls: false, upsertMetadata: true, allowExpiredUrls: true },
  );
  expect(pieces.length).toBeGreaterThan(1);
  const bytes = new TextEncoder().encode(pieces.join(''));
  const scanner = new ManifestScanner({ form: 'ndjson' });
  scanner.push(bytes);
  const outline = scanner.end();
  expect(outline.flags).toEqual({ skipDuplicateUrls: false, upsertMetadata: true, allowExpiredUrls: true });
  const results = outline.parts.flatMap(
    (part) =>
      readPart(bytes.subarray(part.byteStart, part.byteEnd), part, { strict: false, allowedHosts: [] })
        .results,
  );
  expect(results).toHaveLength(3001);
  expect(results[2999]).toMatchObject({
    ok: true,
    unit: { kind: 'images', line: 3001, ...one, clientMetadata: { index: 2999 } },
  });
  expect(results[3000]).toMatchObject({ ok: true, unit: { kind: 'pdfs', element: 3000, ...one } });
});
