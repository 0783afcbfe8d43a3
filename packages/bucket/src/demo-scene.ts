import { fileURLToPath } from 'node:url';

export interface DemoFile {
  /** For example `scenes/street/lidar-0.pcd`. */
  readonly key: string;
  readonly contentType: string;
  /** Absolute. */
  readonly filePath: string;
}

export interface DemoScene {
  readonly files: readonly DemoFile[];
  /** The element of the manifest; `urlOf` gives the signed URL of a file. */
  readonly unit: (urlOf: (key: string) => string) => object;
}

const frameCount = 6;
/** Milliseconds between two frames, and metres that the car drives meanwhile; as `scripts/data-media/street.mjs` has it. */
const frame = { interval: 500, step: 1.2 };
const folder = 'scenes/street';
const frames = Array.from({ length: frameCount }, (_, at) => at);

/** A drive through a street: a lidar and a camera on a car whose way is known. */
export function demoScene(): DemoScene {
  const media = new URL('../media/', import.meta.url);
  const fileOf = (key: string, contentType: string): DemoFile => ({
    key,
    contentType,
    filePath: fileURLToPath(new URL(key, media)),
  });
  const lidar = frames.map((at) => fileOf(`${folder}/lidar-${at}.pcd`, 'application/octet-stream'));
  const front = frames.map((at) => fileOf(`${folder}/front-${at}.png`, 'image/png'));
  return {
    files: [...lidar, ...front],
    unit: (urlOf) => ({
      title: 'Drive through a street',
      clientMetadata: { source: 'demo', licence: 'CC0-1.0', scene: 'street' },
      scene: {
        lidar: { type: 'point_cloud', frame_of_reference: 'car', events: eventsOf(lidar, urlOf) },
        front: { type: 'image', camera: 'front-camera', events: eventsOf(front, urlOf) },
        'front-camera': {
          type: 'camera_parameters',
          width: 240,
          height: 136,
          intrinsics: { type: 'simple', fx: 170, fy: 170, ox: 120, oy: 68 },
        },
        car: {
          type: 'frame_of_reference',
          id: 'car',
          parent: 'root',
          events: frames.map((at) => ({ timestamp: at * frame.interval, pose: poseAt(at) })),
        },
      },
    }),
  };
}

const eventsOf = (files: readonly DemoFile[], urlOf: (key: string) => string) =>
  files.map(({ key }, at) => ({ uri: urlOf(key), timestamp: at * frame.interval }));

const poseAt = (at: number) => ({
  position: { x: at * frame.step, y: -1.8, z: 0 },
  rotation: { x: 0, y: 0, z: 0, w: 1 },
});
