import { describe, expect, it } from 'vitest';
import { matrixOfPose, multiplied } from './pose.js';
import { camerasOf, eventAt, poseAt, sceneStreams, timesOf } from './scene-streams.js';

const half = Math.SQRT1_2;
const rounded = (matrix: readonly number[]) => matrix.map((value) => Math.round(value * 1e6) / 1e6 + 0);
/** A quarter turn to the left, and a place. */
const turned = [0, -1, 0, 5, 1, 0, 0, 6, 0, 0, 1, 7, 0, 0, 0, 1];
const position = { x: 5, y: 6, z: 7 };

describe('a pose', () => {
  it.each([
    ['a quaternion', { position, rotation: { x: 0, y: 0, z: half, w: half } }],
    ['a quaternion of other names', { position, rotation: { qx: 0, qy: 0, qz: half, qw: half } }],
    ['angles', { position, rotation: { yaw: Math.PI / 2 } }],
    ['nine numbers', { position, rotation: [0, -1, 0, 1, 0, 0, 0, 0, 1] }],
    [
      'rows',
      {
        position: [5, 6, 7],
        matrix: [
          [0, -1, 0],
          [1, 0, 0],
          [0, 0, 1],
        ],
      },
    ],
    ['sixteen numbers', { affine: turned }],
    ['sixteen numbers, column by column', [0, 1, 0, 0, -1, 0, 0, 0, 0, 0, 1, 0, 5, 6, 7, 1]],
  ])('of %s is a matrix', (_what, pose) => {
    expect(rounded(matrixOfPose(pose))).toEqual(turned);
  });

  it('turns about x, then y, then z', () => {
    const { rotation } = { rotation: { roll: 0.3, pitch: -0.4, yaw: 1.1 } };
    const each = [{ yaw: 1.1 }, { pitch: -0.4 }, { roll: 0.3 }].map((one) => matrixOfPose({ rotation: one }));
    const [yaw, pitch, roll] = each as [number[], number[], number[]];
    expect(rounded(matrixOfPose({ rotation }))).toEqual(rounded(multiplied(yaw, multiplied(pitch, roll))));
  });
});

const item = {
  mediaDetails: {
    scene: {
      streams: {
        lidar: {
          type: 'point_cloud',
          frame_of_reference: 'car',
          events: [
            { timestamp: 100, member: 1 },
            { timestamp: 0, member: 0 },
          ],
        },
        front: { type: 'image', camera: 'wide', events: [{ timestamp: 50, member: 2 }] },
        wide: {
          type: 'camera_parameters',
          width: 640,
          height: 480,
          intrinsics: { fx: 500, fy: 501 },
          events: [],
        },
        car: {
          type: 'frame_of_reference',
          id: 'car',
          parent: 'road',
          events: [
            { timestamp: 0, pose: { position: { x: 1, y: 0, z: 0 } } },
            { timestamp: 100, pose: { position: { x: 2, y: 0, z: 0 } } },
          ],
        },
        road: {
          type: 'frame_of_reference',
          id: 'road',
          parent: 'root',
          events: [{ timestamp: 1, rotation: { yaw: Math.PI / 2 } }],
        },
      },
    },
  },
};
const streams = sceneStreams(item);
const [lidar] = streams;

describe('the streams of a scene', () => {
  it('show at a time the newest event that is not later', () => {
    expect(timesOf(streams)).toEqual([0, 50, 100]);
    const members = [-1, 0, 99, 100, 1000].map((time) => lidar && eventAt(lidar, time)?.member);
    expect(members).toEqual([undefined, 0, 0, 1, 1]);
  });

  it('stand where their chain of frames of reference puts them at that time', () => {
    const placeAt = (time: number) => {
      const event = lidar && eventAt(lidar, time);
      const matrix = lidar && event ? poseAt(streams, lidar, event, time) : [];
      return rounded([3, 7, 11].map((at) => matrix[at] ?? Number.NaN));
    };
    expect(placeAt(0)).toEqual([0, 1, 0]);
    expect(placeAt(100)).toEqual([0, 2, 0]);
  });

  it('come to an end where frames of reference form a ring', () => {
    const ring = ['a', 'b'].map((id, at) => ({
      name: id,
      id,
      type: 'frame_of_reference',
      parent: at === 0 ? 'b' : 'a',
      events: [],
    }));
    const stream = { name: 's', type: 'point_cloud', frame_of_reference: 'a', events: [] };
    expect(poseAt(ring, stream, { timestamp: 0 }, 0)).toHaveLength(16);
  });

  it('tell of their cameras', () => {
    expect(camerasOf(streams)).toEqual([
      { name: 'wide', facts: '640 × 480 px · focal length 500, 501 · of front' },
    ]);
  });
});
