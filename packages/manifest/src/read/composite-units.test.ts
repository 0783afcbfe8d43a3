import type { UnitKind } from '@latchkey/contract/kinds';
import { describe, expect, test } from 'vitest';
import { splitSeries } from './dicom-series.js';
import { readPart } from './read-part.js';
import type { Unit, UnitError, UnitRules } from './unit.js';

const open: UnitRules = { strict: false, allowedHosts: [] };
const strict: UnitRules = { strict: true, allowedHosts: [] };
const encoder = new TextEncoder();
const imageMetadata = { mimeType: 'image/png', fileSize: 10, width: 4, height: 3 };
const tags = (series: string, file: string) => ({
  '00080018': { vr: 'UI', Value: [file] },
  '0020000d': { vr: 'UI', Value: ['1.2'] },
  '0020000E': { vr: 'UI', Value: [series] },
  '00280010': { vr: 'US', Value: [512] },
  '00280011': { vr: 'US', Value: [256] },
  '00100020': null,
});

function resultOf(element: unknown, kind: UnitKind, rules: UnitRules) {
  const slice = encoder.encode(JSON.stringify(element));
  const [result] = readPart(slice, { kind, firstElement: 0, firstLine: 1, firstColumn: 1 }, rules).results;
  return result;
}
function unitOf(element: unknown, kind: UnitKind, rules = open): Unit {
  const result = resultOf(element, kind, rules);
  if (result?.ok !== true) throw new Error(`refused: ${result?.error.message}`);
  return result.unit;
}
function errorOf(element: unknown, kind: UnitKind, rules = open): UnitError {
  const result = resultOf(element, kind, rules);
  if (result?.ok !== false) throw new Error('accepted');
  return result.error;
}
const urls = (unit: Unit) => unit.members.map(({ objectUrl }) => objectUrl);
const at = (name: string, expires = 0) =>
  expires === 0
    ? `https://b.s3.amazonaws.com/${name}`
    : `https://b.s3.amazonaws.com/${name}?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=A%2F20261123%2Fr%2Fs3%2Faws4_request&X-Amz-Date=20261123T000000Z&X-Amz-Expires=${expires}&X-Amz-SignedHeaders=host&X-Amz-Signature=s`;

describe('an image group', () => {
  test('has its numbered URLs in the order of their numbers, whatever the order of the keys', () => {
    const unit = unitOf(
      { title: 'g', objectUrl_10: at('c'), object_url_2: at('b'), objectUrl_0: at('a') },
      'imageGroups',
    );
    expect(unit).toMatchObject({ itemType: 'imageGroup', objectUrl: null, title: 'g', mediaMetadata: null });
    expect(urls(unit)).toEqual([at('a'), at('b'), at('c')]);
    expect(unit.members.map(({ itemType }) => itemType)).toEqual(['image', 'image', 'image']);
  });

  test('has what the official client lists, and is a sequence where a video is asked for', () => {
    const images = [{ url: at('a'), title: 'one', imageMetadata }, { url: at('b') }];
    const unit = unitOf(
      { images, title: 'g', createVideo: true, clusterByResolution: false, externalFileType: 'IMG_GROUP' },
      'imageGroups',
    );
    expect(unit.itemType).toBe('imageSequence');
    expect(unit.members[0]).toMatchObject({ title: 'one', mediaMetadata: imageMetadata });
    expect(unit.members[1]).toMatchObject({ title: null, mediaMetadata: null });
  });

  test('takes the metadata of each image by its number', () => {
    const group = {
      objectUrl_0: at('a'),
      imageMetadata_0: imageMetadata,
      objectUrl_1: at('b'),
      image_metadata_1: imageMetadata,
    };
    expect(unitOf(group, 'imageGroups', strict).members.map((member) => member.mediaMetadata)).toEqual([
      imageMetadata,
      imageMetadata,
    ]);
  });

  test('needs the metadata of every image in strict mode, and names the one without', () => {
    const group = { objectUrl_0: at('a'), imageMetadata_0: imageMetadata, objectUrl_1: at('b') };
    expect(errorOf(group, 'imageGroups', strict)).toMatchObject({
      code: 'media_metadata_missing',
      field: 'imageMetadata_1',
      objectUrl: at('b'),
    });
  });

  test.each([
    [{ title: 'g' }, 'members_missing', 'objectUrl_0'],
    [{ images: [] }, 'members_missing', 'objectUrl_0'],
    [{ images: 'a' }, 'unit_wrong_type', 'images'],
    [{ images: [{ url: at('a') }, 5] }, 'unit_wrong_type', 'images[1]'],
    [{ images: [{ url: 'nowhere' }] }, 'object_url_invalid', 'images[0].objectUrl'],
    [{ objectUrl_0: at('a'), images: [{ url: at('b') }] }, 'unit_wrong_type', 'images'],
    [{ objectUrl_0: at('a'), objectUrl_3: 'x y' }, 'object_url_invalid', 'objectUrl_3'],
    [{ objectUrl_0: at('a'), createVideo: 'yes' }, 'unit_wrong_type', 'createVideo'],
    [
      { objectUrl_0: at('a'), imageMetadata_0: { ...imageMetadata, width: 0 } },
      'media_metadata_invalid',
      'imageMetadata_0.width',
    ],
  ])('%j is refused as %s', (group, code, field) => {
    expect(errorOf(group, 'imageGroups')).toMatchObject({ code, field });
  });

  test('is the same however its members are signed, and expires with the first of them', () => {
    const plain = unitOf({ objectUrl_0: at('a'), objectUrl_1: at('b') }, 'imageGroups');
    const signed = unitOf({ objectUrl_0: at('a', 7200), objectUrl_1: at('b', 3600) }, 'imageGroups');
    expect(signed.location.identity).toBe(plain.location.identity);
    expect(signed.location.signature?.expiresAt).toBe(Date.UTC(2026, 10, 23, 1));
    expect(plain.location.signature).toBeNull();
  });

  test('is another one with its members in another order, as a sequence, or as a part of it', () => {
    const groups = [
      { objectUrl_0: at('a'), objectUrl_1: at('b') },
      { objectUrl_0: at('b'), objectUrl_1: at('a') },
      { objectUrl_0: at('a') },
      { objectUrl_0: at('a'), objectUrl_1: at('b'), createVideo: true },
    ];
    const identities = groups.map((group) => unitOf(group, 'imageGroups').location.identity);
    expect(new Set([...identities, unitOf({ objectUrl: at('a') }, 'images').location.identity]).size).toBe(5);
  });
});

describe('a DICOM series', () => {
  test('has its files with their tags in upper case', () => {
    const dicomFiles = [
      { url: at('a'), dicomMetadata: { tags: tags('1.2.3', '1') } },
      { url: at('b'), dicomMetadata: { tags: tags('1.2.3', '2') } },
    ];
    const unit = unitOf({ dicomFiles, title: 's', externalFileType: 'DICOM' }, 'dicomSeries', strict);
    expect(unit.itemType).toBe('dicomSeries');
    expect(unit.members[1]).toMatchObject({
      itemType: 'dicomFile',
      mediaMetadata: { tags: { '0020000D': { vr: 'UI', Value: ['1.2'] }, '00100020': null } },
    });
  });

  test('may leave the tags out where the server reads the files', () => {
    expect(
      urls(unitOf({ title: 's', objectUrl_0: at('a'), objectUrl_1: at('b') }, 'dicomSeries')),
    ).toHaveLength(2);
  });

  test('of several series is split into one unit for each, in the order of their first files', () => {
    const dicomFiles = ['2 a', '1 b', '2 c'].map((file) => {
      const [series = '', name = ''] = file.split(' ');
      return { url: at(name), dicomMetadata: { tags: tags(series, name) } };
    });
    const unit = unitOf({ dicomFiles, title: 'exam' }, 'dicomSeries');
    expect(unit.members).toHaveLength(3);
    const series = splitSeries(unit, 15);
    expect(series.map(({ title }) => title)).toEqual(['exam, series 1', 'exam, series 2']);
    expect(series.map(urls)).toEqual([[at('a'), at('c')], [at('b')]]);
    const [alone] = splitSeries(unitOf({ dicomFiles: dicomFiles.slice(1, 2) }, 'dicomSeries'), 300);
    expect(series[1]?.location.identity).toBe(alone?.location.identity);
    expect(splitSeries({ ...unit, title: 'examination' }, 15)[0]?.title).toBe('exami, series 1');
  });

  test('of several series is refused if a file does not say of which it is', () => {
    const dicomFiles = [
      { url: at('a'), dicomMetadata: { tags: tags('1', '1') } },
      { url: at('b'), dicomMetadata: { tags: tags('2', '2') } },
      { url: at('c') },
    ];
    expect(errorOf({ dicomFiles }, 'dicomSeries')).toMatchObject({
      code: 'dicom_series_mixed',
      objectUrl: at('c'),
    });
  });

  test.each([
    [5, 'media_metadata_invalid', 'dicomMetadata'],
    [{}, 'media_metadata_invalid', 'dicomMetadata.tags'],
    [{ tags: { Rows: null } }, 'media_metadata_invalid', 'dicomMetadata.tags'],
    [{ tags: { '00280010': 512 } }, 'media_metadata_invalid', 'dicomMetadata.tags.00280010'],
    [
      { tags: { '00280010': { vr: 'US', Value: 512 } } },
      'media_metadata_invalid',
      'dicomMetadata.tags.00280010',
    ],
    [{ tags: { ...tags('1', '1'), '00280010': null } }, 'media_metadata_incomplete', 'dicomMetadata.tags'],
  ])('with the metadata %j is refused as %s', (dicomMetadata, code, field) => {
    const error = errorOf({ dicomFiles: [{ url: at('a'), dicomMetadata }] }, 'dicomSeries');
    expect(error).toMatchObject({ code, field: `dicomFiles[0].${field}` });
  });
});

describe('a scene', () => {
  test.each([
    [{ scene: at('a.pcd') }, null],
    [{ scene: { url: at('a.pcd'), format: 'pcd' } }, { format: 'pcd' }],
    [{ scene: { content: at('a.pcd'), worldConvention: {} } }, null],
    [{ objectUrl: at('a.pcd') }, null],
  ])('of one point cloud may be written as %j', (scene, details) => {
    expect(unitOf(scene, 'scenes')).toMatchObject({
      itemType: 'scene',
      objectUrl: at('a.pcd'),
      details,
      members: [],
    });
  });

  test('of several streams has a member for each file, which its event names', () => {
    const scene = {
      defaultGroundHeight: -1.5,
      content: {
        lidar: {
          type: 'point_cloud',
          frameOfReference: 'car',
          events: [{ uri: at('0.pcd') }, { uri: at('1.pcd') }],
        },
        front: { type: 'image', camera: 'cam', events: [{ uri: at('0.jpg'), timestamp: 0.5 }] },
        cam: {
          type: 'camera',
          widthPx: 640,
          heightPx: 480,
          intrinsics: { type: 'simple', fx: 1, fy: 1, ox: 0, oy: 0 },
        },
        car: {
          type: 'frame_of_reference',
          id: 'car',
          parentId: 'root',
          events: [{ pose: { rotation: { x: 0, y: 0, z: 0, w: 1 } } }],
        },
      },
    };
    const unit = unitOf({ title: 's', scene }, 'scenes', strict);
    expect(urls(unit)).toEqual([at('0.pcd'), at('1.pcd'), at('0.jpg')]);
    expect(unit.members.map(({ itemType }) => itemType)).toEqual(['scene', 'scene', 'image']);
    expect(unit.details).toMatchObject({
      scene: {
        default_ground_height: -1.5,
        streams: {
          lidar: {
            events: [
              { member: 0, timestamp: 1 },
              { member: 1, timestamp: 2 },
            ],
          },
          front: { camera: 'cam', events: [{ member: 2, timestamp: 0.5 }] },
          cam: { type: 'camera_parameters', width: 640, events: [] },
        },
      },
    });
    expect(JSON.stringify(unit.details)).not.toContain('https:');
  });

  const cloud = { type: 'point_cloud', events: [{ uri: at('0.pcd') }] };
  test.each([
    [5, 'unit_wrong_type', 'scene'],
    [{ url: at('a'), format: 'obj' }, 'scene_invalid', 'scene.format'],
    [{ a: { type: 'radar', events: [] } }, 'scene_invalid', 'scene.a.type'],
    [{ a: { ...cloud, colour: 1 } }, 'scene_invalid', 'scene.a.colour'],
    [{ a: { type: 'image', camera: 'none', events: [{ uri: at('i') }] } }, 'scene_invalid', 'scene.a.camera'],
    [{ a: { ...cloud, frame_of_reference: 'none' } }, 'scene_invalid', 'scene.a'],
    [{ a: { type: 'model', events: [{ uri: at('m') }] } }, 'scene_invalid', 'scene'],
    [{ a: { ...cloud, events: [{ timestamp: 1 }] } }, 'object_url_missing', 'scene.a.events[0].uri'],
    [{ a: { ...cloud, pose: [1, 2] } }, 'scene_invalid', 'scene.a.pose'],
    [
      { a: { ...cloud, pose: { rotation: [2, 0, 0, 0, 1, 0, 0, 0, 1] } } },
      'scene_invalid',
      'scene.a.pose.rotation',
    ],
    [{ a: { ...cloud, pose: { rotation: { yaw: 90 } } } }, 'scene_invalid', 'scene.a.pose.rotation'],
  ])('%j is refused as %s', (scene, code, field) => {
    expect(errorOf({ scene }, 'scenes')).toMatchObject({ code, field });
  });
});

describe('a time series', () => {
  test('keeps how its channels are drawn', () => {
    const settings = { channels: { speed: { label: 'Speed', color: '#0af', style: 'line', lineWidth: 2 } } };
    expect(unitOf({ objectUrl: at('a.csv'), settings }, 'timeSeries')).toMatchObject({
      itemType: 'timeSeries',
      details: { settings },
    });
  });

  test.each([
    [[], 'settings'],
    [{ channels: { a: 5 } }, 'settings.channels.a'],
    [{ channels: { a: { color: 'red' } } }, 'settings.channels.a.color'],
    [{ channels: { a: { style: 'bars' } } }, 'settings.channels.a.style'],
    [{ channels: { a: { lineWidth: 9 } } }, 'settings.channels.a.lineWidth'],
  ])('with the settings %j is refused', (settings, field) => {
    expect(errorOf({ objectUrl: at('a.csv'), settings }, 'timeSeries')).toMatchObject({
      code: 'unit_wrong_type',
      field,
    });
  });
});

describe('a group of registered items', () => {
  const [one, two] = ['019b0000-0000-7000-8000-000000000001', '019B0000-0000-7000-8000-000000000002'];

  test('names its items in order', () => {
    const unit = unitOf(
      { title: 'g', imageItems: [two, one], createVideo: true },
      'imageGroupsFromItems',
      strict,
    );
    expect(unit).toMatchObject({
      itemType: 'imageSequence',
      references: [two.toLowerCase(), one],
      members: [],
    });
    const other = unitOf({ imageItems: [one, two], createVideo: true }, 'imageGroupsFromItems');
    expect(other.location.identity).not.toBe(unit.location.identity);
  });

  test.each([
    [[one, two], { layout: 'default-grid' }],
    [
      { left: one, right: two },
      { layout: 'default-grid', contents: { left: one, right: two.toLowerCase() } },
    ],
  ])('is laid out as %j', (layoutContents, group) => {
    const unit = unitOf({ title: 'g', layoutContents }, 'dataGroups');
    expect(unit).toMatchObject({
      itemType: 'group',
      references: [one, two.toLowerCase()],
      details: { group },
    });
  });

  test.each([
    ['imageGroupsFromItems', {}, 'unit_wrong_type', 'imageItems'],
    ['imageGroupsFromItems', { imageItems: [] }, 'members_missing', 'imageItems'],
    ['imageGroupsFromItems', { imageItems: [one, 'x'] }, 'unit_wrong_type', 'imageItems[1]'],
    ['dataGroups', { layoutContents: [one], layout: 'pile' }, 'unit_wrong_type', 'layout'],
    ['dataGroups', { layoutContents: {} }, 'members_missing', 'layoutContents'],
  ] as const)('of %s with %j is refused as %s', (kind, element, code, field) => {
    expect(errorOf(element, kind)).toMatchObject({ code, field });
  });
});
