import { expect, test } from 'vitest';
import { readPart } from '../read/read-part.js';
import { ManifestScanner } from '../scan/manifest-scanner.js';
import type { UnitsByKind, WritableUnit } from './unit-json.js';
import { writeJsonManifest } from './write-json.js';

async function textOf(
  units: UnitsByKind,
  flags?: Parameters<typeof writeJsonManifest>[1],
): Promise<string[]> {
  const pieces: string[] = [];
  for await (const piece of writeJsonManifest(units, flags)) pieces.push(piece);
  return pieces;
}

async function* generated(count: number): AsyncGenerator<WritableUnit> {
  for (let index = 0; index < count; index++)
    yield { objectUrl: `https://h/${index}`, title: `größe ${index}` };
}

const imageMetadata = { mimeType: 'image/jpeg', fileSize: 1, width: 2, height: 3 };

test('a manifest is valid JSON in the published spelling', async () => {
  const pieces = await textOf(
    {
      pdfs: [{ objectUrl: 'https://h/2', mediaMetadata: null }],
      images: [
        { objectUrl: 'https://h/1', title: 'a', mediaMetadata: imageMetadata, clientMetadata: { x: 1 } },
      ],
      audio: [],
    },
    { skipDuplicateUrls: true, upsertMetadata: false },
  );
  expect(JSON.parse(pieces.join(''))).toEqual({
    images: [{ objectUrl: 'https://h/1', title: 'a', imageMetadata, clientMetadata: { x: 1 } }],
    audio: [],
    pdfs: [{ objectUrl: 'https://h/2' }],
    skip_duplicate_urls: true,
    upsert_metadata: false,
  });
});

test('a manifest without anything is an empty object', async () => {
  expect(JSON.parse((await textOf({})).join(''))).toEqual({});
});

test('what is written in pieces reads back as the same units', async () => {
  const pieces = await textOf({ videos: generated(3000), text: generated(2) });
  expect(pieces.length).toBeGreaterThan(1);
  const bytes = new TextEncoder().encode(pieces.join(''));
  const scanner = new ManifestScanner({ form: 'manifest' });
  scanner.push(bytes);
  const outline = scanner.end();
  expect(outline.warnings).toEqual([]);
  const titles = outline.parts.flatMap((part) =>
    readPart(bytes.subarray(part.byteStart, part.byteEnd), part, {
      strict: false,
      allowedHosts: [],
    }).results.map((result) =>
      result.ok ? `${result.unit.kind} ${result.unit.element} ${result.unit.title}` : result.error.code,
    ),
  );
  expect(titles).toHaveLength(3002);
  expect(titles[2999]).toBe('videos 2999 größe 2999');
  expect(titles[3001]).toBe('text 1 größe 1');
});
