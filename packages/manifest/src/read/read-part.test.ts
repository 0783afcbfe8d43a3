import type { UnitKind } from '@latchkey/contract/kinds';
import { limits } from '@latchkey/contract/limits';
import { describe, expect, test } from 'vitest';
import { type PartResult, readPart } from './read-part.js';
import type { Unit, UnitError, UnitRules } from './unit.js';

const encoder = new TextEncoder();
const open: UnitRules = { strict: false, allowedHosts: [] };
const strict: UnitRules = { strict: true, allowedHosts: [] };
const url =
  'https://bucket.s3.eu-west-2.amazonaws.com/a/1.jpg?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIA%2F20261123%2Feu-west-2%2Fs3%2Faws4_request&X-Amz-Date=20261123T000000Z&X-Amz-Expires=3600&X-Amz-SignedHeaders=host&X-Amz-Signature=secret';
const imageMetadata = { mimeType: 'image/jpg', fileSize: 124, width: 640, height: 480 };

function read(text: string, kind: UnitKind = 'images', rules: UnitRules = open): PartResult {
  return readPart(encoder.encode(text), { kind, firstElement: 0, firstLine: 1, firstColumn: 1 }, rules);
}

function unitOf(element: unknown, kind?: UnitKind, rules?: UnitRules): Unit {
  const [result] = read(JSON.stringify(element), kind, rules).results;
  if (result?.ok !== true) throw new Error(`refused: ${result?.error.message}`);
  return result.unit;
}

function errorOf(element: unknown, kind?: UnitKind, rules?: UnitRules): UnitError {
  const text = typeof element === 'string' ? element : JSON.stringify(element);
  const [result] = read(text, kind, rules).results;
  if (result?.ok !== false) throw new Error('accepted');
  return result.error;
}

describe('a unit', () => {
  test('keeps the URL exactly and comes with its location', () => {
    const unit = unitOf({ objectUrl: url, title: 'One', clientMetadata: { a_b: { c_d: 1 } }, imageMetadata });
    expect(unit).toMatchObject({
      kind: 'images',
      element: 0,
      line: 1,
      objectUrl: url,
      title: 'One',
      clientMetadata: { a_b: { c_d: 1 } },
      mediaMetadata: imageMetadata,
    });
    expect(unit.location.host).toBe('bucket.s3.eu-west-2.amazonaws.com');
    expect(unit.location.identity).toBe('s3://bucket/a/1.jpg');
  });

  test.each(['objectUrl', 'objectURL', 'object_url', 'ObjectUrl', 'url', 'OBJECT_URL'])(
    'takes its URL from %s',
    (key) => {
      expect(unitOf({ [key]: url }).objectUrl).toBe(url);
    },
  );

  test('tells absent client metadata from an empty object', () => {
    expect(unitOf({ objectUrl: url }).clientMetadata).toBeNull();
    expect(unitOf({ objectUrl: url, client_metadata: null }).clientMetadata).toBeNull();
    expect(unitOf({ objectUrl: url, client_metadata: {} }).clientMetadata).toEqual({});
  });

  test('has no title when it is null or blank', () => {
    expect(unitOf({ objectUrl: url, title: null }).title).toBeNull();
    expect(unitOf({ objectUrl: url, title: ' ' }).title).toBeNull();
  });

  test.each([
    ['videoMetadata', { fps: 25, duration: 3, width: 1, height: 2, fileSize: 3, mimeType: 'video/mp4' }],
    ['video_metadata', { fps: 25, duration: 3, width: 1, height: 2, file_size: 3, mime_type: 'video/mp4' }],
    ['videometadata', { FPS: 25, Duration: 3, width: 1, height: 2, filesize: 3, mime_type: 'video/mp4' }],
    [
      'VideoMetadata',
      { fps: 25.0, duration: 3, width: 1, height: 2, fileSize: 3, mime_type: 'video/mp4', title: null },
    ],
  ])('reads media metadata from %s with fields in any spelling', (key, metadata) => {
    expect(unitOf({ objectUrl: url, [key]: metadata }, 'videos', strict).mediaMetadata).toEqual({
      fps: 25,
      duration: 3,
      width: 1,
      height: 2,
      fileSize: 3,
      mimeType: 'video/mp4',
    });
  });

  test('takes null media metadata as absent', () => {
    expect(unitOf({ objectUrl: url, imageMetadata: null }).mediaMetadata).toBeNull();
  });

  test('takes the fields of the structured form', () => {
    const element = { objectUrl: url, externalFileType: 'IMAGE', placeholderItemUuid: null };
    const { results, warnings } = read(JSON.stringify(element));
    expect(results[0]?.ok).toBe(true);
    expect(warnings).toEqual([]);
  });
});

describe('a refused unit', () => {
  const image = (changes: object) => ({ objectUrl: url, imageMetadata: { ...imageMetadata, ...changes } });
  const cases: [string, unknown, UnitError['code'], string | null, string][] = [
    ['a string', `"${url}"`, 'unit_not_an_object', null, 'found a string'],
    ['null', 'null', 'unit_not_an_object', null, 'found null'],
    ['no URL', { title: 'x' }, 'object_url_missing', 'objectUrl', 'has no "objectUrl"'],
    ['a null URL', { objectUrl: null }, 'object_url_missing', 'objectUrl', 'has no "objectUrl"'],
    ['an empty URL', { objectUrl: '' }, 'object_url_missing', 'objectUrl', 'has no "objectUrl"'],
    [
      'a URL that is a number',
      { objectUrl: 1 },
      'unit_wrong_type',
      'objectUrl',
      'must be a string; found a number',
    ],
    [
      'a relative URL',
      { objectUrl: '/a?sig=secret' },
      'object_url_invalid',
      'objectUrl',
      'not an absolute URL',
    ],
    [
      'another scheme',
      { objectUrl: 'ftp://b/a' },
      'object_url_invalid',
      'objectUrl',
      'must start with https://',
    ],
    [
      'the name of an object in a store, without a signer',
      { objectUrl: 'S3://b/a' },
      'object_url_needs_signer',
      'objectUrl',
      'starts with s3://, which only a signer can open',
    ],
    [
      'a password in the URL',
      { objectUrl: 'https://u:secret@h/a' },
      'object_url_invalid',
      'objectUrl',
      'user name or password',
    ],
    [
      'a space in the URL',
      { objectUrl: 'https://h/a b?sig=secret' },
      'object_url_whitespace',
      'objectUrl',
      'whitespace',
    ],
    [
      'a line break behind the URL',
      { objectUrl: `${url}\n` },
      'object_url_whitespace',
      'objectUrl',
      'whitespace',
    ],
    [
      'a long URL',
      { objectUrl: `https://h/${'é'.repeat(limits.objectUrlBytes / 2)}` },
      'object_url_too_long',
      'objectUrl',
      'has 16394 bytes; at most 16384',
    ],
    [
      'a long title',
      { objectUrl: url, title: 'x'.repeat(301) },
      'title_too_long',
      'title',
      'has 301 characters; at most 300',
    ],
    [
      'a title that is a number',
      { objectUrl: url, title: 1 },
      'unit_wrong_type',
      'title',
      'must be a string; found a number',
    ],
    ['a title with U+0000', { objectUrl: url, title: 'a\0' }, 'unit_wrong_type', 'title', 'U+0000'],
    [
      'metadata as text',
      { objectUrl: url, clientMetadata: '{}' },
      'unit_wrong_type',
      'clientMetadata',
      'must be an object; found a string',
    ],
    [
      'a forbidden metadata key',
      { objectUrl: url, clientMetadata: { $a: 1 } },
      'client_metadata_invalid',
      'clientMetadata',
      'starts with "$"',
    ],
    [
      'half a surrogate pair',
      `{"objectUrl":"https://h/a","clientMetadata":{"a":"\\ud800"}}`,
      'client_metadata_invalid',
      'clientMetadata',
      'surrogate',
    ],
    [
      'incomplete media metadata',
      image({ width: null, mimeType: undefined }),
      'media_metadata_incomplete',
      'imageMetadata.mimeType',
      'lacks "mimeType", "width"',
    ],
    [
      'empty media metadata',
      { objectUrl: url, imageMetadata: {} },
      'media_metadata_incomplete',
      'imageMetadata.mimeType',
      'lacks "mimeType", "fileSize", "width", "height"',
    ],
    [
      'media metadata as text',
      { objectUrl: url, imageMetadata: 'x' },
      'unit_wrong_type',
      'imageMetadata',
      'must be an object',
    ],
    [
      'a number in quotes',
      image({ fileSize: '124' }),
      'media_metadata_invalid',
      'imageMetadata.fileSize',
      'write the number without quotes',
    ],
    [
      'a fraction of a pixel',
      image({ width: 3.5 }),
      'media_metadata_invalid',
      'imageMetadata.width',
      'must be a whole number from 1 to 2147483647; found 3.5',
    ],
    [
      'a negative size',
      image({ fileSize: -1 }),
      'media_metadata_invalid',
      'imageMetadata.fileSize',
      'found -1',
    ],
    [
      'an empty MIME type',
      image({ mimeType: '' }),
      'media_metadata_invalid',
      'imageMetadata.mimeType',
      'found an empty string',
    ],
    [
      'a MIME type that is a list',
      image({ mimeType: [] }),
      'media_metadata_invalid',
      'imageMetadata.mimeType',
      'found an array',
    ],
    [
      'another file type',
      { objectUrl: url, externalFileType: 'VIDEO' },
      'unit_wrong_type',
      'externalFileType',
      'must be "IMAGE"; found "VIDEO"',
    ],
  ];

  test.each(cases)('%s is named with its code and field', (_name, element, code, field, part) => {
    const error = errorOf(element);
    expect(error).toMatchObject({ code, field, kind: 'images', element: 0, line: 1, column: 1 });
    expect(error.message).toContain(part);
    expect(error.message).not.toContain('secret');
    expect(error.hint).not.toBe('');
  });

  test('without media metadata under strict access is told the object and its fields', () => {
    const error = errorOf({ objectUrl: url, title: 'T' }, 'pdfs', strict);
    expect(error).toMatchObject({
      code: 'media_metadata_missing',
      field: 'pdfMetadata',
      objectUrl: url,
      title: 'T',
    });
    expect(error.hint).toContain('fileSize, numPages');
  });

  test('of more bytes than allowed is named as too large', () => {
    const big = { objectUrl: url, clientMetadata: { a: 'x'.repeat(limits.manifestElementBytes) } };
    expect(errorOf(big)).toMatchObject({ code: 'unit_too_large', objectUrl: url });
  });
});

describe('limits that an operator sets', () => {
  const tight: UnitRules = {
    ...open,
    limits: {
      ...limits,
      objectUrlBytes: 20,
      titleLength: 3,
      clientMetadataBytes: 9,
      manifestElementBytes: 99,
    },
  };
  const short = 'https://h.org/1';

  test.each([
    [
      { objectUrl: `${short}234567` },
      'object_url_too_long',
      'has 21 bytes; at most 20 are allowed (limit objectUrlBytes)',
    ],
    [{ objectUrl: short, title: 'abcd' }, 'title_too_long', 'at most 3 are allowed (limit titleLength)'],
    [
      { objectUrl: short, clientMetadata: { a: 'xyz' } },
      'client_metadata_invalid',
      'larger than the 9 bytes allowed (limit clientMetadataBytes)',
    ],
    [
      { objectUrl: short, note: 'x'.repeat(99) },
      'unit_too_large',
      'has 140 bytes; at most 99 are allowed (limit manifestElementBytes)',
    ],
  ])('are kept and named: %#', (element, code, part) => {
    const error = errorOf(element, 'images', tight);
    expect(error.code).toBe(code);
    expect(error.message).toContain(part);
  });

  test('count numbers as they are written anew', () => {
    const element = `{"objectUrl": "${short}", "clientMetadata": {"a": 1e20}}`;
    const metadataOf = (clientMetadataBytes: number) =>
      read(element, 'images', { ...open, limits: { ...limits, clientMetadataBytes } }).results[0]?.ok;
    expect([26, 27].map(metadataOf)).toEqual([false, true]);
  });

  test('shorten the title that an error shows', () => {
    expect(errorOf({ title: 'abcd' }, 'images', tight).title).toBe('abc');
  });
});

describe('an integration with a signer', () => {
  const withSigner = { ...open, hasSigner: true, allowedHosts: ['h.org'] };
  const imageMetadata = { mimeType: 'image/png', fileSize: 1, width: 1, height: 1 };

  test('takes objects by their names in the stores, byte for byte', () => {
    for (const objectUrl of ['s3://acme/a%20b', 'gs://acme/a', 'az://acme/c/a']) {
      const [result] = read(JSON.stringify({ objectUrl, imageMetadata }), 'images', withSigner).results;
      expect(result).toMatchObject({ ok: true, unit: { objectUrl } });
    }
  });

  test('needs the media metadata of what only the signer opens', () => {
    expect(errorOf({ objectUrl: 's3://acme/a' }, 'images', withSigner)).toMatchObject({
      code: 'media_metadata_missing',
      message: 'Only a signer can open the object, so the manifest has to give "imageMetadata".',
    });
    const [result] = read('{ "objectUrl": "https://h.org/a" }', 'images', withSigner).results;
    expect(result?.ok).toBe(true);
  });
});

describe('allowed hosts', () => {
  const codeFor = (objectUrl: string, ...allowedHosts: string[]) => {
    const [result] = read(JSON.stringify({ objectUrl }), 'images', { strict: false, allowedHosts }).results;
    return result?.ok ? 'ok' : result?.error.code;
  };

  test('are matched exactly with their port, or below a wildcard', () => {
    expect(codeFor('https://Data.example.com/a', 'data.example.com')).toBe('ok');
    expect(codeFor('https://data.example.com:8443/a', 'data.example.com')).toBe('host_not_allowed');
    expect(codeFor('https://data.example.com:8443/a', 'data.example.com:8443')).toBe('ok');
    expect(codeFor('https://a.b.example.com/a', 'x.org', '*.Example.com')).toBe('ok');
    expect(codeFor('https://example.com/a', '*.example.com')).toBe('host_not_allowed');
    expect(codeFor('https://badexample.com/a', '*.example.com')).toBe('host_not_allowed');
  });

  test('are named in the message with the host alone', () => {
    const error = errorOf({ objectUrl: 'https://h.org/a?sig=secret' }, 'images', {
      strict: false,
      allowedHosts: ['x.org'],
    });
    expect(error.message).toBe('The host "h.org" is not in the allowed hosts of the integration.');
  });
});

describe('warnings', () => {
  test('name each unknown key once, at its first element', () => {
    const element = {
      objectUrl: url,
      note: 1,
      imageMetadata: { ...imageMetadata, note: 2 },
      videoMetadata: {},
    };
    const { warnings } = read(
      `${JSON.stringify({ objectUrl: url })},${`${JSON.stringify(element)},`.repeat(3)}{}`,
    );
    expect(warnings.map(({ code, place }) => [code, place.field, place.element])).toEqual([
      ['unknown_key', 'note', 1],
      ['metadata_of_another_kind', 'videoMetadata', 1],
      ['unknown_key', 'imageMetadata.note', 1],
    ]);
  });

  test('say when one field is given in two spellings, and the first is used', () => {
    const { results, warnings } = read('{"objectUrl": "https://h/1", "url": "https://h/2"}');
    expect(results[0]).toMatchObject({ ok: true, unit: { objectUrl: 'https://h/1' } });
    expect(warnings).toMatchObject([{ code: 'duplicate_key', place: { field: 'url' } }]);
  });
});

describe('places', () => {
  const places = (text: string, firstLine: number, firstColumn: number) =>
    readPart(
      encoder.encode(text),
      { kind: 'images', firstElement: 7, firstLine, firstColumn },
      open,
    ).results.map((result) =>
      result.ok ? null : [result.error.element, result.error.line, result.error.column],
    );

  test('count characters in a minified file', () => {
    expect(places('{"title":"größe 😀"},{},1', 1, 5000)).toEqual([
      [7, 1, 5000],
      [8, 1, 5020],
      [9, 1, 5023],
    ]);
  });

  test('count lines in a file of several lines', () => {
    expect(places('{},\r\n  {\n"title": "ü"\n},\n\n {}', 3, 4)).toEqual([
      [7, 3, 4],
      [8, 4, 3],
      [9, 8, 2],
    ]);
  });
});

describe('trailing commas in elements', () => {
  test.each(['plain', 'größe 画像'])('change nothing in the result (%s)', (title) => {
    const clean = `{"objectUrl":"https://h/,]","title":"${title}","clientMetadata":{"a":[1,[2]]}}`;
    const loose = clean.replace('[2]]', '[2,],]').replace('}}', '},}');
    expect(read(`${loose},${loose}`)).toEqual(read(`${clean},${clean}`));
    expect(read(loose).results[0]?.ok).toBe(true);
  });
});
