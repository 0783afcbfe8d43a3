import type { ItemType } from '@latchkey/contract/kinds';
import { readPose } from './scene-pose.js';
import { wrongType } from './text-fields.js';
import { isObject, UnitRefusal } from './unit.js';
import type { Fields } from './unit-fields.js';

/** A file of one stream of a scene, as given. */
export interface SceneFile {
  readonly itemType: ItemType;
  readonly objectUrl: unknown;
  /** The kind of units whose media metadata the file may have; null: none. */
  readonly metadataKind: 'images' | 'scenes' | null;
  readonly mediaMetadata: unknown;
  /** `scene.lidar.events[0]` */
  readonly field: string;
  /** The keys inside `scene` that lead to its stream; none if the scene is one stream. */
  readonly streamPath: readonly string[];
  /** Its number among the events of the stream. */
  readonly event: number;
}

/** One point cloud (`files` is null), or streams whose events name their file by its index in `files`. */
export interface GivenScene {
  readonly objectUrl: unknown;
  readonly files: readonly SceneFile[] | null;
  readonly details: Record<string, unknown> | null;
}

type Json = Record<string, unknown>;

const formats = ['pcd', 'ply', 'las', 'laz', 'e57', 'mcap', 'bag', 'db3'];
type FileType = Pick<SceneFile, 'itemType' | 'metadataKind'>;
const fileTypes: Readonly<Record<string, FileType>> = {
  point_cloud: { itemType: 'scene', metadataKind: 'scenes' },
  image: { itemType: 'image', metadataKind: 'images' },
  model: { itemType: 'scene', metadataKind: null },
};
/** Beside the `uri` of an event. */
const metadataFields = { images: 'image_metadata', scenes: 'point_cloud_metadata' } as const;
const streamTypes = ['point_cloud', 'image', 'camera_parameters', 'frame_of_reference', 'model'];
const streamFields: Readonly<Record<string, readonly string[]>> = {
  point_cloud: ['frame_of_reference', 'pose'],
  image: ['camera', 'frame_of_reference', 'pose'],
  model: ['frame_of_reference', 'pose'],
  camera_parameters: ['width', 'height', 'intrinsics', 'extrinsics', 'model', 'frame_of_reference', 'pose'],
  frame_of_reference: ['id', 'parent', 'pose'],
};
const options = ['default_ground_height', 'world_convention', 'camera_convention'];

const snake = (key: string): string => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const aliases: Readonly<Record<string, string>> = {
  camera_id: 'camera',
  camera_parameters_id: 'camera',
  width_px: 'width',
  height_px: 'height',
  parent_id: 'parent',
  parent_frame_of_reference: 'parent',
  parent_frame_of_reference_id: 'parent',
  frame_of_reference_id: 'frame_of_reference',
  url: 'uri',
  object_url: 'uri',
};

/** Keys in one spelling. */
function normalised(value: Json): Json {
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [aliases[snake(key)] ?? snake(key), member]),
  );
}

/** Reads `scene`, or the `objectUrl` of a unit that is one point cloud. Throws `UnitRefusal`. */
export function readScene({ scene, objectUrl }: Fields): GivenScene {
  if (scene === undefined || scene === null) return { objectUrl, files: null, details: null };
  if (typeof scene === 'string') return { objectUrl: scene, files: null, details: null };
  if (!isObject(scene)) throw wrongType('scene', 'a URL or an object', scene);
  const given = normalised(scene);
  const settings = Object.fromEntries(
    options.filter((option) => given[option] !== undefined).map((option) => [option, given[option]]),
  );
  const content = given['content'];
  if (content === undefined || content === null) return readContent(scene, [], settings);
  if (typeof content === 'string') return { objectUrl: content, files: null, details: null };
  if (!isObject(content)) throw wrongType('scene.content', 'a URL or an object', content);
  return readContent(content, ['content'], settings);
}

function readContent(content: Json, path: readonly string[], settings: Json): GivenScene {
  const given = normalised(content);
  if (typeof given['uri'] === 'string') return readOneFile(given);
  const isOneStream = typeof given['type'] === 'string';
  const streams = isOneStream ? { scene: content } : content;
  const files: SceneFile[] = [];
  const read = Object.fromEntries(
    Object.entries(streams)
      .filter(([name]) => !options.includes(snake(name)))
      .map(([name, stream]) => [name, readStream(name, stream, isOneStream ? path : [...path, name], files)]),
  );
  checkReferences(read);
  if (
    files.length === 0 ||
    !Object.values(read).some(({ type }) => type === 'point_cloud' || type === 'image')
  )
    throw refuse('scene', 'The scene has no stream of point clouds or images.');
  return { objectUrl: null, files, details: { scene: { ...settings, streams: read } } };
}

function readOneFile(given: Json): GivenScene {
  const { uri, format } = given;
  if (format !== undefined && format !== null && !formats.includes(format as string))
    throw refuse('scene.format', `"format" must be one of ${formats.join(', ')}.`);
  return { objectUrl: uri, files: null, details: format ? { format } : null };
}

function readStream(name: string, value: unknown, path: readonly string[], files: SceneFile[]): Json {
  const field = `scene.${name.slice(0, 60)}`;
  if (!isObject(value)) throw wrongType(field, 'an object', value);
  const stream = normalised(value);
  const type = snake(String(stream['type'] ?? '')).replace(/^camera$/, 'camera_parameters');
  if (!streamTypes.includes(type))
    throw refuse(`${field}.type`, `The type of a stream must be one of ${streamTypes.join(', ')}.`);
  const known = ['type', 'events', ...(streamFields[type] ?? [])];
  const stranger = Object.keys(stream).find((key) => !known.includes(key));
  if (stranger !== undefined)
    throw refuse(
      `${field}.${stranger}`,
      `A ${type} stream has no key "${stranger.slice(0, 60)}"; known are ${known.join(', ')}.`,
    );
  if (stream['pose'] !== undefined) readPose(`${field}.pose`, stream['pose']);
  const events = readEvents({ field: `${field}.events`, type, path }, stream['events'], files);
  return { ...stream, type, events };
}

interface StreamPlace {
  readonly field: string;
  readonly type: string;
  readonly path: readonly string[];
}

function readEvents({ field, type, path }: StreamPlace, value: unknown, files: SceneFile[]): Json[] {
  const fileType = fileTypes[type];
  if (value === undefined && fileType === undefined) return [];
  if (!Array.isArray(value)) throw wrongType(field, 'an array', value);
  return value.map((given: unknown, index) => {
    const at = `${field}[${index}]`;
    if (!isObject(given)) throw wrongType(at, 'an object', given);
    const { uri, timestamp, ...rest } = normalised(given);
    if (timestamp !== undefined && typeof timestamp !== 'number')
      throw wrongType(`${at}.timestamp`, 'a number', timestamp);
    // Events without a timestamp count 1, 2, 3, ...
    const event: Json = { ...rest, timestamp: timestamp ?? index + 1 };
    if (fileType === undefined) {
      if (type === 'frame_of_reference') readPose(`${at}.pose`, rest['pose'] ?? rest);
      return event;
    }
    const mediaMetadata = takeMetadata(event, fileType);
    files.push({ ...fileType, objectUrl: uri, mediaMetadata, field: at, streamPath: path, event: index });
    return { ...event, member: files.length - 1 };
  });
}

/** The media metadata of the file, which is kept with the file and not with the event. */
function takeMetadata(event: Json, { metadataKind }: FileType): unknown {
  if (metadataKind === null) return null;
  const field = metadataFields[metadataKind];
  const given = event[field];
  delete event[field];
  return given;
}

/** An image names a camera, and a frame of reference its parent, that the scene has. */
function checkReferences(streams: Readonly<Record<string, Json>>): void {
  const all = Object.entries(streams);
  const namesOf = (type: string) =>
    new Set(
      all.filter(([, stream]) => stream['type'] === type).flatMap(([name, stream]) => [name, stream['id']]),
    );
  const cameras = namesOf('camera_parameters');
  const frames = namesOf('frame_of_reference').add('root');
  for (const [name, stream] of all) {
    const { camera, parent, frame_of_reference: frame } = stream;
    if (typeof camera === 'string' && !cameras.has(camera))
      throw refuse(`scene.${name}.camera`, `The scene has no camera "${camera.slice(0, 60)}".`);
    for (const reference of [parent, frame])
      if (typeof reference === 'string' && !frames.has(reference))
        throw refuse(`scene.${name}`, `The scene has no frame of reference "${reference.slice(0, 60)}".`);
  }
}

function refuse(field: string, message: string): UnitRefusal {
  return new UnitRefusal({ code: 'scene_invalid', message, field });
}
