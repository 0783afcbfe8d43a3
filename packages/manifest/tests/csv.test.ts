import { checkManifest } from '@latchkey/manifest/check-manifest';
import { CsvConverter } from '@latchkey/manifest/csv/csv-converter';
import { CsvRows } from '@latchkey/manifest/csv/csv-rows';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const none = { skipDuplicateUrls: false, upsertMetadata: false, allowExpiredUrls: false };

/** The pieces of the bytes between the cuts. */
function cut(bytes: Uint8Array, cuts: readonly number[]): Uint8Array[] {
  const at = [0, ...cuts.map((each) => each % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  return at.slice(1).map((end, index) => bytes.subarray(at[index], end));
}

/** The lines of the NDJSON by their numbers, without the flags. */
function converted(
  bytes: Uint8Array | string,
  cuts: readonly number[] = [],
  flags = none,
): Map<number, unknown> {
  const converter = new CsvConverter(flags);
  const given = typeof bytes === 'string' ? encoder.encode(bytes) : bytes;
  const text = [...cut(given, cuts).map((piece) => converter.push(piece)), converter.end()]
    .map((piece) => decoder.decode(piece))
    .join('');
  const lines = text.split('\n').map((line, index) => [index + 1, line] as const);
  return new Map(
    lines
      .filter(([, line]) => line !== '')
      .slice(1)
      .map(([number, line]) => [number, JSON.parse(line)]),
  );
}
const elements = (csv: string): unknown[] => [...converted(csv).values()];

describe('rows', () => {
  const cell = fc.stringMatching(/^[a-c",;\t|\r\n é]{0,6}$/);
  const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 6 });
  const isQuoted = (value: string, delimiter: string, quotes: boolean) =>
    quotes || value.includes(delimiter) || /["\r\n]/.test(value);
  const written = (value: string, delimiter: string, quotes: boolean) =>
    isQuoted(value, delimiter, quotes) ? `"${value.replaceAll('"', '""')}"` : value;

  test('are read as a table was written but for blanks around cells that are not quoted, whatever delimiter, quotes, line ends and pieces', () => {
    fc.assert(
      fc.property(
        table,
        fc.constantFrom(',', ';', '\t', '|'),
        fc.boolean(),
        fc.constantFrom('\n', '\r\n', '\r'),
        fc.boolean(),
        fc.array(fc.nat(200), { maxLength: 5 }),
        (rows, delimiter, quotes, lineEnd, endsWithLine, cuts) => {
          const lines = rows.map((row) =>
            row.map((value) => written(value, delimiter, quotes)).join(delimiter),
          );
          const text = `sep=${delimiter}${lineEnd}${lines.join(lineEnd)}${endsWithLine ? lineEnd : ''}`;
          const read: string[][] = [];
          const places: number[] = [];
          const reader = new CsvRows((cells, line) => {
            read.push(cells);
            places.push(line);
          }, 10_000);
          const ends = [...cuts.map((each) => each % (text.length + 1)).sort((a, b) => a - b), text.length];
          ends.reduce((from, to) => {
            reader.push(text.slice(from, to));
            return to;
          }, 0);
          reader.end();
          const expected = (value: string) => (isQuoted(value, delimiter, quotes) ? value : value.trim());
          expect(read).toEqual(rows.map((row) => row.map(expected)));
          let line = 2;
          for (const [index, row] of rows.entries()) {
            expect(places[index]).toBe(line);
            line += 1 + row.join('').split('\n').length - 1;
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  test.each([
    ['ObjectURL,Image title\n"https://a.example/1.jpg,one\nhttps://a.example/2.jpg,two\n', 2, 1],
    ['ObjectURL,Image title\nhttps://a.example/1.jpg,"one', 2, 2],
  ])('with a quote that is never closed are refused with row and column: %j', (csv, line, column) => {
    expect(() => converted(csv)).toThrow(
      expect.objectContaining({ code: 'not_a_manifest', details: { line, column } }),
    );
  });
});

describe('a CSV manifest', () => {
  const url = 'https://a.example/1';
  test.each([
    [`ObjectURL\n${url}`, [{ type: 'videos', objectUrl: url }]],
    [
      `objecturl,Video Title\n${url},\n${url},two`,
      [
        { type: 'videos', objectUrl: url },
        { type: 'videos', objectUrl: url, title: 'two' },
      ],
    ],
    [`ObjectURL;IMAGE TITLE\r\n${url};"a;""b"""\r\n`, [{ type: 'images', objectUrl: url, title: 'a;"b"' }]],
    [
      `ObjectURL,Image group title,Create video\n${url}a,g,false\n${url}b,g,false\n${url}c,s,\n${url}d,h,TRUE`,
      [
        {
          type: 'imageGroups',
          title: 'g',
          createVideo: false,
          objectUrl_0: `${url}a`,
          objectUrl_1: `${url}b`,
        },
        { type: 'imageGroups', title: 's', createVideo: true, objectUrl_0: `${url}c` },
        { type: 'imageGroups', title: 'h', createVideo: true, objectUrl_0: `${url}d` },
      ],
    ],
    [
      `ObjectURL,Series title\n${url}a,s\n${url}b,s`,
      [{ type: 'dicomSeries', title: 's', objectUrl_0: `${url}a`, objectUrl_1: `${url}b` }],
    ],
    [
      `ObjectURL,Image title,\n${url},one,\nObjectURL,Video title,\n${url},two,\n`,
      [
        { type: 'images', objectUrl: url, title: 'one' },
        { type: 'videos', objectUrl: url, title: 'two' },
      ],
    ],
    [
      `Type,ObjectURL,Title,width,image_metadata.height,mimeType,fileSize,numPages,codec,clientMetadata,meta.weather,meta.night,meta.zip\nimage,${url},t,640,480,image/png,10,,,"{""a"":1}",rain,true,"01234"\npdf,${url},,,,,10,3,,,,,\nhologram,${url},,,,,,,,,,,`,
      [
        {
          type: 'images',
          objectUrl: url,
          title: 't',
          imageMetadata: { width: 640, height: 480, mimeType: 'image/png', fileSize: 10 },
          clientMetadata: { a: 1, weather: 'rain', night: true, zip: '01234' },
        },
        { type: 'pdfs', objectUrl: url, pdfMetadata: { fileSize: 10, numPages: 3 } },
        { type: 'hologram', objectUrl: url },
      ],
    ],
    [
      `type,objectUrl,title,width,height,mimeType,fileSize\nimage group,${url}a,g,1,2,image/png,3\nImage_Group,${url}b,g,4,5,image/png,6`,
      [
        {
          type: 'imageGroups',
          title: 'g',
          objectUrl_0: `${url}a`,
          imageMetadata_0: { width: 1, height: 2, mimeType: 'image/png', fileSize: 3 },
          objectUrl_1: `${url}b`,
          imageMetadata_1: { width: 4, height: 5, mimeType: 'image/png', fileSize: 6 },
        },
      ],
    ],
  ])('%j is read as its kind', (csv, expected) => {
    expect(elements(csv)).toEqual(expected);
  });

  test('keeps each row on its line, also behind cells with line breaks and blank lines', () => {
    const csv = `ObjectURL,Image title\n${url}a,"one\ntwo"\n\n${url}b,three\n`;
    expect([...converted(csv).keys()]).toEqual([2, 5]);
  });

  test.each(['utf-16le', 'utf-16be', 'utf-8'] as const)(
    'is read as %s with a byte order mark, cut anywhere',
    (encoding) => {
      const text = `\ufeffObjectURL,Image title\r\n${url},größe 😀\r\n`;
      const bytes = encoding === 'utf-8' ? Buffer.from(text) : Buffer.from(text, 'utf16le');
      if (encoding === 'utf-16be') bytes.swap16();
      for (const at of [1, 2, 3, 7, 41, bytes.length - 9, bytes.length - 1])
        expect([...converted(new Uint8Array(bytes), [at]).values()]).toEqual([
          { type: 'images', objectUrl: url, title: 'größe 😀' },
        ]);
    },
  );

  test('that is no UTF-8 is refused with what to do', () => {
    const latin = Buffer.from(`ObjectURL,Image title\n${url},gr\xf6\xdfe and more of it\n`, 'latin1');
    expect(() => converted(new Uint8Array(latin))).toThrow(/not valid UTF-8. Save it as "CSV UTF-8"/);
  });

  test.each(['', '\n\n', 'title,width\na,1\n'])('%j is refused', (csv) => {
    expect(() => converted(csv)).toThrow(/ObjectURL|lists nothing/);
  });

  test('keeps the blanks of a quoted title', () => {
    expect(elements(`ObjectURL,Image title\n " ${url}",x\n${url} ,  y \n${url}," z "`)).toMatchObject([
      { title: 'x' },
      { objectUrl: url, title: 'y' },
      { objectUrl: url, title: ' z ' },
    ]);
  });

  test('says composed scenes, groups of registered items and titles of members', () => {
    const streams = { lidar: { type: 'point_cloud', events: [{ uri: url }] } };
    const csv = `Type,ObjectURL,Title,Group,Member title,scene,layout,layoutContents,imageItems
scene,,drive,,,"${JSON.stringify(streams).replaceAll('"', '""')}",,,
data group,,both,,,,default-list,"[""a"",""b""]",
image_groups_from_items,,,,,,,,"[""c""]"
image group,${url}a,g,1,front,,,,
image group,${url}b,g,1,,,,,
image group,${url}c,g,2,,,,,
`;
    expect(elements(csv)).toEqual([
      { type: 'scenes', title: 'drive', scene: streams },
      { type: 'dataGroups', title: 'both', layout: 'default-list', layoutContents: ['a', 'b'] },
      { type: 'imageGroupsFromItems', imageItems: ['c'] },
      { type: 'imageGroups', title: 'g', objectUrl_0: `${url}a`, title_0: 'front', objectUrl_1: `${url}b` },
      { type: 'imageGroups', title: 'g', objectUrl_0: `${url}c` },
    ]);
  });

  test('warns of columns that it does not know or has twice, with their place', async () => {
    const csv = `ObjectURL,Image title,colour,image_title\n${url},one,red,two\n`;
    const report = await checkManifest(stream(csv), { strict: false, allowedHosts: [] }, { form: 'csv' });
    expect(report.warnings).toMatchObject([
      { code: 'unknown_key', place: { line: 1, column: 3 } },
      { code: 'duplicate_key', place: { line: 1, column: 4 } },
    ]);
  });

  test('names failed cells by line and column, and keeps what else is good', async () => {
    const csv = `Type,ObjectURL,width,height,mimeType,fileSize\nimage,${url},4,3,image/png,5\nimage,,1,1,a,1\nimage,${url},wide,3,image/png,5\nimage,${url},1,2,3,4,surplus\nhologram,${url}\n`;
    const report = await checkManifest(stream(csv), { strict: true, allowedHosts: [] }, { form: 'csv' });
    expect(report.errors.map(({ line, column, code, field }) => [line, column, code, field])).toEqual([
      [3, 2, 'object_url_missing', 'objectUrl'],
      [4, 3, 'media_metadata_invalid', 'imageMetadata.width'],
      [5, null, 'unit_malformed', null],
      [6, 1, 'unit_type_unknown', 'type'],
    ]);
    expect(report.unitsByKind).toMatchObject({ images: 3 });
    expect(report.errors[2]?.objectUrl).toBe(url);
  });

  test('carries the flags that it is given', () => {
    const converter = new CsvConverter({ ...none, skipDuplicateUrls: true });
    const text = decoder.decode(converter.push(encoder.encode(`ObjectURL\n${url}${' '.repeat(64)}\n`)));
    expect(text.split('\n')[0]).toBe('{"skip_duplicate_urls": true, "upsert_metadata": false}');
  });
});

async function* stream(text: string): AsyncGenerator<Uint8Array> {
  yield encoder.encode(text);
}
