import { type UnitKind, unitKindNames, unitKinds } from '@latchkey/contract/kinds';
import { readPart } from '@latchkey/manifest/read/read-part';
import type { Unit } from '@latchkey/manifest/read/unit';
import fc from 'fast-check';

type Json = Record<string, unknown>;

const encoder = new TextEncoder();
const objectUrl = fc.nat(50).map((number) => `https://h.org/a%20b/${number}?x=";,|'&sig=%2B${number}`);
/** Texts that a table could take for something else. */
const text = fc.constantFrom(
  'größe 😀',
  'a,b;"c"|\t',
  ' outer ',
  '=1+1',
  '01',
  'true',
  'two\r\nlines',
  'Type',
  'null',
);
const json = fc.constantFrom<unknown>(0, -1.5, 1e21, true, null, '', ' x ', '01', [{ 'a"': [] }], {
  ü: '1\n2',
});
const clientMetadata = fc.dictionary(fc.constantFrom('a', 'b c', 'weather', 'n.1'), json);
const optional = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });
const uuids = fc.array(fc.uuid(), { minLength: 1, maxLength: 3 });

function media(kind: UnitKind): fc.Arbitrary<Json | undefined> {
  const { metadata } = unitKinds[kind];
  if (metadata === null) return fc.constant(undefined);
  if (kind === 'dicomSeries') return optional(dicomMetadata);
  const field = (name: string): fc.Arbitrary<unknown> =>
    /mimeType|codec/.test(name)
      ? fc.constantFrom('image/png', ' odd, "type"', '1')
      : /fps|duration/.test(name)
        ? fc.double({ min: 1e-7, max: 1e6, noNaN: true })
        : fc.integer({ min: 1, max: 1e6 });
  const names = Object.keys(metadata.schema.properties);
  return optional(fc.record(Object.fromEntries(names.map((name) => [name, field(name)]))));
}

const tag = (value: unknown) => ({ vr: 'UI', Value: [value] });
const dicomMetadata = fc.record({ file: text, rows: fc.nat(900) }).map(({ file, rows }) => ({
  tags: {
    '00080018': tag(file),
    '0020000D': tag('1'),
    '0020000E': tag('1.2'),
    '00280010': tag(rows),
    '00280011': tag(1),
    '00100020': null,
  },
}));

function members(kind: UnitKind): fc.Arbitrary<Json> {
  const member = fc.record({ url: objectUrl, title: optional(text), metadata: media(kind) });
  return fc.array(member, { minLength: 1, maxLength: 3 }).map((all) => {
    const key = unitKinds[kind].metadata?.key ?? '';
    const list = all.map(({ url, title, metadata }) => ({ url, title, [key]: metadata }));
    return { [kind === 'dicomSeries' ? 'dicomFiles' : 'images']: list };
  });
}

const streamOf = (...types: string[]) =>
  fc
    .record({
      type: fc.constantFrom(...types),
      frame_of_reference: fc.constantFrom(undefined, 'root'),
      events: fc.array(
        fc.record({
          uri: objectUrl,
          timestamp: optional(fc.nat(9)),
          imageMetadata: media('images'),
          pointCloudMetadata: media('scenes'),
        }),
        { minLength: 1, maxLength: 3 },
      ),
    })
    .map(({ type, events, ...others }) => ({
      ...others,
      type,
      events: events.map((event) => ofType(type, event)),
    }));

/** An event has the metadata of its own type of files. */
const ofType = (
  type: string,
  { imageMetadata, pointCloudMetadata, ...event }: { imageMetadata: unknown; pointCloudMetadata: unknown },
): Json => ({
  ...event,
  ...(type === 'image' && { imageMetadata }),
  ...(type === 'point_cloud' && { pointCloudMetadata }),
});
const scene = fc.oneof(
  fc.record({ objectUrl }),
  fc.record({ scene: fc.record({ url: objectUrl, format: fc.constantFrom('pcd', 'las') }) }),
  fc
    .tuple(
      streamOf('point_cloud'),
      fc.dictionary(fc.constantFrom('front', 'a, b', 'model'), streamOf('point_cloud', 'image', 'model')),
      optional(fc.double({ min: -9, max: 9 })),
    )
    .map(([first, others, height]) => ({
      scene: {
        content: { ...others, lidar: first },
        default_ground_height: height,
      },
    })),
);

const body: Partial<Record<UnitKind, fc.Arbitrary<Json>>> = {
  imageGroups: fc
    .tuple(members('imageGroups'), optional(fc.boolean()))
    .map(([list, createVideo]) => ({ ...list, createVideo })),
  dicomSeries: members('dicomSeries'),
  scenes: fc
    .tuple(scene, media('scenes'))
    .map(([given, pointCloudMetadata]) => ({ ...given, pointCloudMetadata })),
  imageGroupsFromItems: fc.record({ imageItems: uuids, createVideo: optional(fc.boolean()) }),
  dataGroups: fc.record({
    layout: fc.constantFrom<unknown>(undefined, 'default-list', 'custom', { type: 'data_unit', key: 'a' }),
    layoutContents: fc.oneof(uuids, fc.dictionary(fc.constantFrom('a', 'b'), fc.uuid(), { minKeys: 1 })),
    settings: optional(fc.constant({ tileSettings: { a: { title: 'x, y' } } })),
  }),
  timeSeries: fc
    .tuple(objectUrl, media('timeSeries'), optional(text))
    .map(([url, timeSeriesMetadata, label]) => ({
      objectUrl: url,
      timeSeriesMetadata,
      settings: label === undefined ? undefined : { channels: { 'km/h': { label } } },
    })),
};

const object = (kind: UnitKind): fc.Arbitrary<Json> =>
  fc
    .tuple(objectUrl, media(kind))
    .map(([url, metadata]) => ({ objectUrl: url, [unitKinds[kind].metadata?.key ?? '']: metadata }));

/** A unit of any kind, as the reader gives it. */
export const randomUnit: fc.Arbitrary<Unit> = fc
  .constantFrom(...unitKindNames)
  .chain((kind) =>
    fc.tuple(
      fc.constant(kind),
      body[kind] ?? object(kind),
      fc.record({ title: optional(text), clientMetadata: optional(clientMetadata) }),
    ),
  )
  .map(([kind, own, texts]) => {
    const part = { kind, firstElement: 0, firstLine: 1, firstColumn: 1 };
    const slice = encoder.encode(JSON.stringify({ ...texts, ...own }));
    const [result] = readPart(slice, part, { strict: false, allowedHosts: [] }).results;
    if (result?.ok !== true) throw new Error(`The generator made a bad unit: ${result?.error.message}`);
    return result.unit;
  });
