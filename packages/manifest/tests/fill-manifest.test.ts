import type { MediaMetadata } from '@latchkey/contract/schemas/media-metadata';
import { checkManifest } from '@latchkey/manifest/check-manifest';
import { fillManifest } from '@latchkey/manifest/measure/fill-manifest';
import { type ReadOptions, readObjects } from '@latchkey/manifest/measure/read-objects';
import { objectKey } from '@latchkey/manifest/measure/unit-objects';
import { unitElement } from '@latchkey/manifest/write/unit-json';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { jsonText } from './random-manifest.js';
import { randomUnit } from './random-units.js';

const encoder = new TextEncoder();
type Form = NonNullable<ReadOptions['form']>;

async function* inPieces(text: string, size: number): AsyncGenerator<Uint8Array> {
  const bytes = encoder.encode(text);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

const imageMetadata = { mimeType: 'image/png', fileSize: 10, width: 4, height: 3 };
const tag = (value: unknown) => ({ vr: 'UI', Value: [value] });
const measurements: Readonly<Record<string, MediaMetadata>> = {
  image: imageMetadata,
  video: { fps: 25, duration: 2, width: 4, height: 3, fileSize: 9, mimeType: 'video/mp4' },
  audio: {
    duration: 2,
    fileSize: 10,
    mimeType: 'audio/mpeg',
    sampleRate: 44100,
    bitDepth: 16,
    codec: 'mp3',
    numChannels: 2,
  },
  text: { fileSize: 3, mimeType: 'text/plain' },
  pdf: { fileSize: 3, numPages: 1 },
  nifti: { fileSize: 3, mimeType: 'a/b', width: 1, height: 1, depth: 1, numVolumes: 1 },
  dicom: {
    tags: {
      '00080018': tag('1'),
      '0020000D': tag('1'),
      '0020000E': tag('1.2'),
      '00280010': tag(1),
      '00280011': tag(1),
    },
  },
  pointCloud: { fileSize: 3, mimeType: 'a/b', numPoints: 1 },
  timeSeries: { fileSize: 3, mimeType: 'text/csv' },
};
const all = async (keys: readonly string[]) =>
  new Map(keys.map((key) => [key, measurements[key.split(' ')[0] ?? ''] as MediaMetadata]));

async function filled(text: string, form: Form, find = all, size = 7): Promise<string> {
  let out = '';
  const stream = new TextDecoder();
  for await (const piece of fillManifest(inPieces(text, size), find, { form }))
    out += stream.decode(piece, { stream: true });
  return out;
}

const a = 'https://h.org/a';
const b = 'https://h.org/b';

describe('a filled manifest', () => {
  test.each<[string, Form, string, string]>([
    [
      'a unit of JSON',
      'manifest',
      `{"images" : [ { "objectUrl":"${a}", "n": 1.0e2 } ,\n {"objectUrl":"${b}","imageMetadata":${JSON.stringify(imageMetadata)}}], "note": [1 ] }`,
      `{"images" : [ { "objectUrl":"${a}", "n": 1.0e2 ,"imageMetadata":@} ,\n {"objectUrl":"${b}","imageMetadata":@}], "note": [1 ] }`,
    ],
    [
      'one with trailing commas',
      'manifest',
      `{"images": [{"objectUrl":"${a}", },],}`,
      `{"images": [{"objectUrl":"${a}", "imageMetadata":@},],}`,
    ],
    [
      'numbered members',
      'manifest',
      `{"image_groups": [{"object_url_2":"${b}","objectUrl_0":"${a}","imageMetadata_0":null}]}`,
      `{"image_groups": [{"object_url_2":"${b}","objectUrl_0":"${a}","imageMetadata_0":null,"imageMetadata_0":@,"imageMetadata_2":@}]}`,
    ],
    [
      'listed members',
      'manifest',
      `{"image_groups": [{"images":[{"url":"${a}","x":[{"}":1}]},{"url":"${b}", "imageMetadata":${JSON.stringify(imageMetadata)}},{"url":"${b}1"}],"clientMetadata":{"images":[{}]}}]}`,
      `{"image_groups": [{"images":[{"url":"${a}","x":[{"}":1}],"imageMetadata":@},{"url":"${b}", "imageMetadata":@},{"url":"${b}1","imageMetadata":@}],"clientMetadata":{"images":[{}]}}]}`,
    ],
    [
      'lines of NDJSON, broken ones as they were',
      'ndjson',
      `{"skip_duplicate_urls": true}\r\n{"type":"image","objectUrl":"${a}"}\n\n{"type":"image",\n {"type":"image","objectUrl":"nowhere"}`,
      `{"skip_duplicate_urls": true}\r\n{"type":"image","objectUrl":"${a}","imageMetadata":@}\n\n{"type":"image",\n {"type":"image","objectUrl":"nowhere"}`,
    ],
    [
      'rows of a CSV, as NDJSON on their lines',
      'csv',
      `ObjectURL,Image title\n${a},one\n\n${b},two\n`,
      `\n{"type":"images","objectUrl":"${a}","title":"one","imageMetadata":@}\n\n{"type":"images","objectUrl":"${b}","title":"two","imageMetadata":@}\n`,
    ],
  ])('has what was measured in its place: %s', async (_, form, given, expected) => {
    const text = await filled(given, form);
    const own = form === 'csv' ? text.replace(/^\{[^\n]*\}\n/, '\n') : text;
    expect(own).toBe(expected.replaceAll('@', JSON.stringify(imageMetadata)));
  });

  test('leaves out what could not be measured', async () => {
    const text = `{"images":[{"objectUrl":"${a}"},{"objectUrl":"${b}"}]}`;
    const find = async (keys: readonly string[]) =>
      new Map(keys.filter((key) => key === `image ${b}`).map((key) => [key, imageMetadata]));
    expect(await filled(text, 'manifest', find)).toBe(
      `{"images":[{"objectUrl":"${a}"},{"objectUrl":"${b}","imageMetadata":${JSON.stringify(imageMetadata)}}]}`,
    );
  });

  test('is strict whatever units it has, and is not touched but for what was missing', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(randomUnit, { minLength: 1, maxLength: 5 }),
        fc.boolean(),
        fc.integer({ min: 1, max: 400 }),
        async (units, trailing, size) => {
          const text = units
            .map((unit) => JSON.stringify({ type: unit.kind, ...unitElement(unit.kind, unit) }))
            .join('\n');
          const json = jsonText(
            Object.fromEntries(units.map((unit) => [unit.kind, [unitElement(unit.kind, unit)]])),
            { trailing, breaks: trailing },
          );
          for (const [manifest, form] of [
            [text, 'ndjson'],
            [json, 'manifest'],
          ] as const) {
            const out = await filled(manifest, form, all, size);
            const rules = { strict: true, allowedHosts: [] };
            expect((await checkManifest(inPieces(out, 1000), rules, { form })).errors).toEqual([]);
            expect(await filled(out, form, all, size)).toBe(out);
          }
        },
      ),
      { numRuns: 100 },
    );
  });
});

describe('the files of a composed scene', () => {
  const cloud = '"pointCloudMetadata":{"fileSize":3,"mimeType":"a/b","numPoints":1}';
  const image = `"imageMetadata":${JSON.stringify(imageMetadata)}`;
  test.each([
    [
      'of streams, whatever their names are and in which order they stand',
      `{"scene":{"9":{"type":"image","events":[{"uri":"${a}"}]},"events":{"events":[{"uri":"${b}"},{"uri":"${a}"}],"type":"point_cloud"},"1":{"type":"image","events":[{"uri":"${b}"}]}}}`,
      `{"scene":{"9":{"type":"image","events":[{"uri":"${a}",${image}}]},"events":{"events":[{"uri":"${b}",${cloud}},{"uri":"${a}",${cloud}}],"type":"point_cloud"},"1":{"type":"image","events":[{"uri":"${b}",${image}}]}}}`,
    ],
    [
      'beside settings, cameras and models, which stay as they are',
      `{"Scene":{"content":{"cam":{"type":"camera"},"car":{"type":"model","events":[{"uri":"${a}"}]},"front":{"type":"image","camera":"cam","events":[ {"uri":"${a}" , "timestamp":1 } ]}},"lidar":{"events":[{}]}}}`,
      `{"Scene":{"content":{"cam":{"type":"camera"},"car":{"type":"model","events":[{"uri":"${a}"}]},"front":{"type":"image","camera":"cam","events":[ {"uri":"${a}" , "timestamp":1 ,${image}} ]}},"lidar":{"events":[{}]}}}`,
    ],
    [
      'of one stream, for the files that lack it',
      `{"scene":{"type":"point_cloud","events":[{"uri":"${a}",${cloud}},{"uri":"${b}"}]}}`,
      `{"scene":{"type":"point_cloud","events":[{"uri":"${a}",${cloud}},{"uri":"${b}",${cloud}}]}}`,
    ],
    [
      'whose stream is given twice: the last one counts',
      `{"scene":{"s":{"type":"image","events":[{"uri":"${a}"},{"uri":"${b}"}]},"s":{"type":"image","events":[{"uri":"${b}"}]}}}`,
      `{"scene":{"s":{"type":"image","events":[{"uri":"${a}"},{"uri":"${b}"}]},"s":{"type":"image","events":[{"uri":"${b}",${image}}]}}}`,
    ],
  ])('get their metadata beside their URL: those %s', async (_, element, expected) => {
    expect(await filled(`{"scenes":[${element}]}`, 'manifest')).toBe(`{"scenes":[${expected}]}`);
  });

  test('are refused with metadata that is not whole, by the place of the field', async () => {
    const event = `{"uri":"${a}","imageMetadata":{"width":1}}`;
    const scene = `{"front":{"type":"image","events":[${event}]}}`;
    const text = inPieces(`{"scenes":[{"scene":${scene}}]}`, 1000);
    const { errors } = await checkManifest(text, { strict: true, allowedHosts: [] }, { form: 'manifest' });
    expect(errors).toMatchObject([
      { code: 'media_metadata_incomplete', field: 'scene.front.events[0].imageMetadata.mimeType' },
    ]);
  });
});

describe('the objects of a manifest', () => {
  test('are told with what the manifest claims, where they stand and what they are measured as', async () => {
    const scene = {
      lidar: { type: 'point_cloud', events: [{ uri: a }] },
      front: { type: 'image', events: [{ uri: b, imageMetadata }] },
      car: { type: 'model', events: [{ uri: a }] },
    };
    const text = JSON.stringify({
      text: [{ objectUrl: `${a}?X-Amz-Signature=1` }, { objectUrl: 'nowhere' }],
      image_groups: [{ images: [{ url: a, imageMetadata }, { url: b }] }],
      scenes: [{ scene }, { scene: a }],
      data_groups: [{ layoutContents: ['00000000-0000-7000-8000-000000000000'] }],
    });
    const found: unknown[] = [];
    let errors = 0;
    for await (const batch of readObjects(inPieces(text, 50))) {
      errors += batch.errors.length;
      for (const { unit, objects } of batch.units)
        for (const object of objects)
          found.push([unit.kind, unit.element, object.member, object.kind, object.metadata]);
    }
    expect(found).toEqual([
      ['text', 0, null, 'text', null],
      ['imageGroups', 0, 0, 'image', imageMetadata],
      ['imageGroups', 0, 1, 'image', null],
      ['scenes', 0, 0, 'pointCloud', null],
      ['scenes', 0, 1, 'image', imageMetadata],
      ['scenes', 1, null, 'pointCloud', null],
    ]);
    expect(errors).toBe(1);
  });

  test('are the same however they are signed, but not as another kind', () => {
    expect(objectKey({ kind: 'text', identity: a })).not.toBe(objectKey({ kind: 'timeSeries', identity: a }));
  });
});
