import type { Item } from '@latchkey/contract/schemas/item';
import { identity, type Matrix, matrixOfPose, multiplied } from './pose.js';

/** What a stream shows from a time on. */
export interface SceneEvent {
  readonly timestamp: number;
  /** The number of the member that holds the file; undefined in streams without files. */
  readonly member?: number;
  readonly [key: string]: unknown;
}

export interface SceneStream {
  readonly name: string;
  readonly type: string;
  readonly events: readonly SceneEvent[];
  readonly [key: string]: unknown;
}

type Json = Readonly<Record<string, unknown>>;
const objectOf = (value: unknown): Json =>
  typeof value === 'object' && value !== null ? (value as Json) : {};

/** The streams of a composed scene, as the registration keeps them; events in the order of time. */
export function sceneStreams({ mediaDetails }: Pick<Item, 'mediaDetails'>): SceneStream[] {
  const streams = objectOf(objectOf(objectOf(mediaDetails)['scene'])['streams']);
  return Object.entries(streams).map(([name, value]) => {
    const stream = objectOf(value);
    const given = Array.isArray(stream['events']) ? (stream['events'] as SceneEvent[]) : [];
    const events = [...given].sort((a, b) => a.timestamp - b.timestamp);
    return { ...stream, name, type: String(stream['type']), events };
  });
}

/** All times at which a file begins to be shown, ascending. */
export function timesOf(streams: readonly SceneStream[]): number[] {
  const times = streams.flatMap(({ events }) =>
    events.filter(({ member }) => member !== undefined).map(({ timestamp }) => timestamp),
  );
  return [...new Set(times)].sort((a, b) => a - b);
}

/** At a time the newest event that is not later; none before the first. */
export const eventAt = ({ events }: SceneStream, time: number): SceneEvent | undefined =>
  events.findLast(({ timestamp }) => timestamp <= time);

/** Frames of reference may be chained; a ring of them ends here. */
const maxChain = 32;

/** From the frame of a stream's file to that of the scene. */
export function poseAt(
  streams: readonly SceneStream[],
  stream: SceneStream,
  event: SceneEvent,
  time: number,
): Matrix {
  const own = multiplied(poseOf(stream['pose']), poseOf(event['pose']));
  return chain(streams, stream['frame_of_reference'], time, 0, own);
}

const poseOf = (value: unknown): Matrix =>
  value === undefined || value === null ? identity : matrixOfPose(value);

function chain(
  streams: readonly SceneStream[],
  reference: unknown,
  time: number,
  depth: number,
  pose: Matrix,
): Matrix {
  const frame = streams.find(
    ({ type, name, id }) => type === 'frame_of_reference' && (id === reference || name === reference),
  );
  if (!frame || reference === 'root' || depth > maxChain) return pose;
  // Before its first pose a frame stands where that says.
  const event = eventAt(frame, time) ?? frame.events[0];
  const moved = event ? poseOf(event['pose'] ?? poseFields(event)) : identity;
  const outer = multiplied(poseOf(frame['pose']), moved);
  return chain(streams, frame['parent'], time, depth + 1, multiplied(outer, pose));
}

/** An event of a frame may be the pose itself. */
function poseFields({ timestamp: _, ...fields }: SceneEvent): Json | undefined {
  return Object.keys(fields).length > 0 ? fields : undefined;
}

export interface SceneCamera {
  readonly name: string;
  readonly facts: string;
}

/** The cameras, with what is known of each in a line. */
export function camerasOf(streams: readonly SceneStream[]): SceneCamera[] {
  return streams
    .filter(({ type }) => type === 'camera_parameters')
    .map(({ name, width, height, model, intrinsics }) => {
      const { fx, fy, ox, oy } = objectOf(intrinsics);
      const used = streams.filter(({ camera }) => camera === name).map((stream) => stream.name);
      const facts = [
        width !== undefined && `${String(width)} × ${String(height)} px`,
        typeof model === 'string' && model,
        fx !== undefined && `focal length ${String(fx)}, ${String(fy)}`,
        ox !== undefined && `centre ${String(ox)}, ${String(oy)}`,
        used.length > 0 && `of ${used.join(', ')}`,
      ];
      return { name, facts: facts.filter(Boolean).join(' · ') };
    });
}
