import {
  imagesOf,
  JsonElements,
  type LeaveOut,
  type TaskFile,
  type TaskItem,
  type TaskObject,
  type TaskWriter,
} from './task-item.js';

type Medium = 'image' | 'video';

/**
 * The JSON that `fiftyone.Dataset.from_json` reads: a dataset of one medium, whose samples name their files by URL.
 * `FiftyOneDataset` directories would not do: their importer takes a URL for a path below the directory.
 */
export function fiftyOneWriter(medium: Medium, { name }: TaskFile): TaskWriter {
  const elements = new JsonElements();
  const head = {
    name,
    media_type: medium,
    // Those that every dataset has are not declared: a declaration has to be the same to the letter.
    sample_fields: {
      title: 'fiftyone.core.fields.StringField',
      item_uuid: 'fiftyone.core.fields.StringField',
      client_metadata: 'fiftyone.core.fields.DictField',
    },
    ...(medium === 'video' && { frame_fields: {} }),
  };
  return {
    head: `${JSON.stringify(head).slice(0, -1)},"samples":[`,
    item: (item, leaveOut) =>
      elements.text(objectsOf(medium, item, leaveOut).map((object) => sampleOf(medium, item, object))),
    end: (leftOut) => `\n],"info":${JSON.stringify({ left_out: leftOut })}}\n`,
  };
}

function objectsOf(medium: Medium, item: TaskItem, leaveOut: LeaveOut): readonly TaskObject[] {
  if (medium === 'image') return imagesOf(item, leaveOut);
  if (item.url !== null) return [item];
  leaveOut(item.itemType, 'no_url');
  return [];
}

const sampleOf = (medium: Medium, item: TaskItem, object: TaskObject): object => ({
  filepath: object.url,
  tags: [],
  metadata: medium === 'image' ? imageMetadata(object) : videoMetadata(object),
  _media_type: medium,
  title: object.name,
  item_uuid: object.uuid,
  client_metadata: withPlainKeys(item.clientMetadata),
});

/** Its database takes a dot in a key for a path. */
function withPlainKeys(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(withPlainKeys);
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key.replaceAll('.', '_'), withPlainKeys(member)]),
  );
}

/** With it, FiftyOne need not open the object to know its size. */
const imageMetadata = ({ fileSize, mimeType, width, height }: TaskObject): object => ({
  _cls: 'ImageMetadata',
  size_bytes: fileSize,
  mime_type: mimeType,
  width,
  height,
  num_channels: null,
});

const videoMetadata = ({
  fileSize,
  mimeType,
  width,
  height,
  fps,
  duration,
  frameCount,
}: TaskObject): object => ({
  _cls: 'VideoMetadata',
  size_bytes: fileSize,
  mime_type: mimeType,
  frame_width: width,
  frame_height: height,
  frame_rate: fps,
  total_frame_count: frameCount,
  duration,
  encoding_str: null,
});
