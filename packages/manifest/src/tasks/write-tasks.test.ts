import { exportFormats } from '@latchkey/contract/export-formats';
import { describe, expect, test } from 'vitest';
import { splitExtension } from './object-name.js';
import type { TaskItem, TaskObject } from './task-item.js';
import { type TaskFormat, taskWriter } from './write-tasks.js';

const file = { name: 'Streets', now: new Date('2026-03-01T12:00:00Z') };

const object = (more: Partial<TaskObject> = {}): TaskObject => ({
  uuid: 'u',
  itemType: 'image',
  name: 'crossing',
  url: 'https://acme.s3.eu-west-2.amazonaws.com/a%20b/1.jpg?X-Amz-Signature=1',
  width: 640,
  height: 480,
  fileSize: 10,
  mimeType: 'image/jpeg',
  duration: null,
  fps: null,
  frameCount: null,
  ...more,
});
const item = (more: Partial<TaskItem> = {}): TaskItem => ({
  ...object(more),
  createdAt: '2026-02-01T08:30:00.123Z',
  clientMetadata: { 'weather.sky': 'rain' },
  members: [],
  isMadeOfItems: false,
  ...more,
});
const group = item({
  itemType: 'imageGroup',
  url: null,
  members: [object({ uuid: 'm1', name: 'left' }), object({ uuid: 'm2', name: 'right', width: null })],
});

/** The file, and what was left out of it. */
function write(format: TaskFormat, items: readonly TaskItem[]): { text: string; leftOut: string[] } {
  const writer = taskWriter(format, file);
  const leftOut: string[] = [];
  const parts = items.map((each) => writer.item(each, (type, reason) => leftOut.push(`${type} ${reason}`)));
  return { text: writer.head + parts.join('') + writer.end(leftOut), leftOut };
}
const json = (format: TaskFormat, items: readonly TaskItem[]) => JSON.parse(write(format, items).text);

describe('Label Studio tasks', () => {
  test.each([
    ['image', 'image'],
    ['video', 'video'],
    ['audio', 'audio'],
    ['plainText', 'text'],
    ['pdf', 'pdf'],
    ['timeSeries', 'timeseries'],
  ] as const)('hold the URL of a %s as "%s"', (itemType, variable) => {
    expect(json('label-studio', [item({ itemType, url: 'https://h/1' }), item()])[0]).toEqual({
      data: { [variable]: 'https://h/1', title: 'crossing', item_uuid: 'u' },
      meta: { client_metadata: { 'weather.sky': 'rain' } },
    });
  });

  test('hold the images of a group as one task', () => {
    const [task] = json('label-studio', [group]);
    expect(task.data.images).toEqual(group.members.map(({ url }) => url));
  });

  test('of nothing are an empty list', () => {
    expect(json('label-studio', [])).toEqual([]);
  });
});

describe('a CVAT manifest', () => {
  test('names images by their key in the bucket, below two lines of header', () => {
    const { text } = write('cvat', [item(), group]);
    const line = { name: 'a b/1', extension: '.jpg', width: 640, height: 480 };
    expect(text.split('\n').map((each) => (each ? JSON.parse(each) : null))).toEqual([
      { version: '1.1' },
      { type: 'images' },
      line,
      line,
      null,
    ]);
  });

  test('is of one bucket', () => {
    const elsewhere = item({ url: 'https://other.s3.eu-west-2.amazonaws.com/1.jpg' });
    expect(write('cvat', [item(), elsewhere, group]).leftOut).toEqual([
      'image other_bucket',
      'image size_unknown',
    ]);
  });

  test.each([
    ['a/b.tar.gz', 'a/b.tar', '.gz'],
    ['a.b/c', 'a.b/c', ''],
    ['a/.hidden', 'a/.hidden', ''],
    ['a/..x.png', 'a/..x', '.png'],
  ])('cuts %s as Python does', (path, name, extension) => {
    expect(splitExtension(path)).toEqual([name, extension]);
  });
});

test('a COCO list has an image for each that has a size, numbered, with the rest in its info', () => {
  const { text, leftOut } = write('coco', [item(), group, item({ url: null })]);
  expect(JSON.parse(text)).toMatchObject({
    info: { description: 'Streets', year: 2026, date_created: '2026/03/01', left_out: leftOut },
    images: [
      {
        id: 1,
        width: 640,
        height: 480,
        file_name: 'a b/1.jpg',
        coco_url: item().url,
        date_captured: '2026-02-01 08:30:00',
        item_uuid: 'u',
      },
      { id: 2, item_uuid: 'm1' },
    ],
    annotations: [],
    categories: [],
  });
  expect(leftOut).toEqual(['image size_unknown', 'image no_url']);
});

describe('a FiftyOne dataset', () => {
  test('of images names each by its URL, and knows its size', () => {
    const dataset = json('fiftyone-images', [item(), group]);
    expect(dataset).toMatchObject({ name: 'Streets', media_type: 'image', info: { left_out: [] } });
    expect(dataset.samples).toHaveLength(3);
    expect(dataset.samples[0]).toEqual({
      filepath: item().url,
      tags: [],
      metadata: {
        _cls: 'ImageMetadata',
        size_bytes: 10,
        mime_type: 'image/jpeg',
        width: 640,
        height: 480,
        num_channels: null,
      },
      _media_type: 'image',
      title: 'crossing',
      item_uuid: 'u',
      client_metadata: { weather_sky: 'rain' },
    });
  });

  test('of videos has their frames', () => {
    const video = item({ itemType: 'video', duration: 2, fps: 25, frameCount: 50 });
    const dataset = json('fiftyone-videos', [video]);
    expect(dataset).toMatchObject({ media_type: 'video', frame_fields: {} });
    expect(dataset.samples[0].metadata).toMatchObject({
      _cls: 'VideoMetadata',
      frame_rate: 25,
      total_frame_count: 50,
      frame_width: 640,
    });
  });
});

test.each(['label-studio', 'cvat', 'fiftyone-images', 'coco'] as const)(
  '%s leaves out a group of registered items, which are there by themselves',
  (format) => {
    expect(exportFormats[format].itemTypes).toContain('imageGroup');
    const { leftOut } = write(format, [item({ itemType: 'imageGroup', url: null, isMadeOfItems: true })]);
    expect(leftOut).toEqual(['imageGroup made_of_items']);
  },
);
