import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { FindKnown } from './known-objects.js';
import type { Preview, PreviewRules } from './preview.js';
import { outcomeNote, previewNotes } from './preview-text.js';
import { readPreview } from './read-preview.js';

const now = Date.UTC(2026, 2, 1);
const seconds = (ms: number) => Math.round(ms / 1000);
const signed = (key: string, expiresAt: number) =>
  `https://acme.s3.amazonaws.com/${key}?AWSAccessKeyId=a&Expires=${seconds(expiresAt)}&Signature=secret`;
const hashOf = (key: string) => createHash('sha256').update(`s3://acme/${key}`).digest('hex').slice(0, 32);
const day = 24 * 3600 * 1000;
const imageMetadata = { mimeType: 'image/jpeg', fileSize: 1, width: 1, height: 1 };
const rules: PreviewRules = { allowedHosts: [], hasSigner: false, gateways: [] };
const settings = { ignoreErrors: true, skipDuplicateUrls: false, allowExpiredUrls: false };

const nothingKnown: FindKnown = async () => [];

function preview(manifest: object | string, given: Partial<PreviewRules> = {}, find = nothingKnown) {
  const text = typeof manifest === 'string' ? manifest : JSON.stringify(manifest);
  async function* stream() {
    yield new TextEncoder().encode(text);
  }
  const opened = { form: 'manifest' as const, stream: stream() };
  return readPreview(opened, { ...rules, ...given }, { find, now });
}

const textsOf = (result: Preview, with_: Partial<typeof settings> = {}) =>
  previewNotes(result, { ...settings, ...with_ }, { title: 'Bucket' }).map(({ text }) => text);

describe('the preview of a manifest', () => {
  test('counts good files by type, shows the first without signatures, and places errors', async () => {
    const manifest = `{"images": [
  {"objectUrl": "${signed('a', now + 9 * day)}", "imageMetadata": ${JSON.stringify(imageMetadata)}},
  {"objectUrl": "not a url"}
], "pdfs": [{"objectUrl": "${signed('b', now + 9 * day)}", "title": "handbook"}]}`;
    const result = await preview(manifest);
    expect(result).toMatchObject({
      units: 3,
      unitsByKind: { images: 1, pdfs: 1 },
      errorCount: 1,
      errors: [{ code: 'object_url_invalid', place: { kind: 'images', element: 1, line: 3, column: 3 } }],
      first: [
        { kind: 'images', line: 2, name: 'https://acme.s3.amazonaws.com/a', expiresAt: now + 9 * day },
        { kind: 'pdfs', line: 4, name: 'handbook' },
      ],
    });
    expect(JSON.stringify(result)).not.toContain('secret');
    expect(outcomeNote(result, settings).text).toBe('2 files would be registered, 1 would fail.');
    expect(outcomeNote(result, { ...settings, ignoreErrors: false }).text).toMatch(
      /^Nothing would be registered: 1 file would fail\./,
    );
  });

  test('tells what the folder has already from its digests, and what would be renewed', async () => {
    const asked: string[] = [];
    const find: FindKnown = async (hashes) => {
      asked.push(...hashes);
      return ['old', 'newer', 'endless'].map((key, index) => ({
        identityHash: hashOf(key),
        itemUuid: key,
        isSigned: true,
        expiresAt: [new Date(now + 2 * day), new Date(now + 9 * day), null][index]?.toISOString() ?? null,
      }));
    };
    const images = ['old', 'newer', 'endless', 'new', 'new'].map((key) => ({
      objectUrl: signed(key, now + 5 * day),
      imageMetadata,
    }));
    const result = await preview({ images }, {}, find);
    expect(asked).toEqual(['old', 'newer', 'endless', 'new'].map(hashOf));
    expect(result).toMatchObject({ known: 3, renewed: 2, repeated: 1 });
    expect(textsOf(result)[0]).toMatch(/would be registered a second time/);
    expect(textsOf(result, { skipDuplicateUrls: true })).toEqual([
      'The folder has 3 of these files already. 2 of them would get a URL that lives longer.',
      '1 file stands further up in the manifest too, and would be skipped.',
    ]);
    expect(outcomeNote(result, { ...settings, skipDuplicateUrls: true }).text).toBe(
      '1 file would be registered, 3 skipped.',
    );
  });

  test('asks for no more digests at once than the server takes', async () => {
    const sizes: number[] = [];
    const images = Array.from({ length: 5001 }, (_, index) => ({ objectUrl: `https://a.example/${index}` }));
    await preview({ images }, {}, async (hashes) => {
      sizes.push(hashes.length);
      return [];
    });
    expect(sizes).toEqual([5000, 1]);
  });

  test('names hosts that the integration does not allow', async () => {
    const images = ['https://a.example/1', 'https://b.example/2', 'https://b.example/3'].map((objectUrl) => ({
      objectUrl,
    }));
    const result = await preview({ images }, { allowedHosts: ['a.example'] });
    expect(textsOf(result)).toEqual([
      'The integration "Bucket" does not allow these hosts: b.example (2 files).',
    ]);
  });

  test('knows the gateways of the integration: allowed, and the same object as in the bucket', async () => {
    const gateways = [{ url: 'https://data.example/', bucketUrl: 's3://acme/' }];
    const images = ['https://data.example/a', 'https://data.example/b'].map((objectUrl) => ({ objectUrl }));
    const find: FindKnown = async () => [
      { identityHash: hashOf('a'), itemUuid: 'a', isSigned: true, expiresAt: null },
      { identityHash: hashOf('b'), itemUuid: 'b', isSigned: false, expiresAt: null },
    ];
    const result = await preview({ images }, { allowedHosts: ['a.example'], gateways }, find);
    expect(result).toMatchObject({ errorCount: 0, otherHosts: [], known: 2, renewed: 1 });
  });

  test('counts URLs that have expired or soon will, unless the manifest allows them', async () => {
    const images = [signed('a', now - 1000), signed('b', now + 3600_000), signed('c', now + 2 * day)].map(
      (objectUrl) => ({ objectUrl }),
    );
    const result = await preview({ images });
    expect(result).toMatchObject({ expired: 1, expiringSoon: 1, firstExpiry: now + 3600_000 });
    expect(textsOf(result)[0]).toMatch(/^1 URL has expired, and these files would fail\./);
    const allowing = await preview({ images, allow_expired_urls: true });
    expect(outcomeNote(allowing, settings).text).toBe('3 files would be registered.');
  });

  test('says with line and column why a file is no manifest', async () => {
    expect((await preview('{"images": [\n  {"objectUrl": }]}')).refusal).toMatch(/line 2/i);
  });
});
