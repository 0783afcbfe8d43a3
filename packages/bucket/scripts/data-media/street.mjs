import { png } from './png.mjs';
import { pcd } from './point-files.mjs';

// A street: boxes [from, to, colour], and a car that comes towards us. x is to the front, y to the left, z up; metres.
const houses = [
  [
    [4, 7, 0],
    [14, 13, 7],
    [201, 104, 84],
  ],
  [
    [18, 8, 0],
    [27, 14, 10],
    [214, 178, 110],
  ],
  [
    [31, 7, 0],
    [42, 12, 6],
    [122, 146, 168],
  ],
  [
    [2, -14, 0],
    [12, -8, 9],
    [150, 120, 170],
  ],
  [
    [16, -13, 0],
    [25, -7, 6],
    [110, 160, 120],
  ],
  [
    [29, -15, 0],
    [41, -8, 8],
    [196, 130, 140],
  ],
];
const frames = 6;
const step = 1.2;
const oncoming = (frame) => {
  const x = 30 - 3 * frame;
  return [
    [x, 1, 0.2],
    [x + 4.2, 2.8, 1.6],
    [235, 200, 60],
  ];
};
export const carAt = (frame) => [step * frame, -1.8, 0];
const eye = 1.7;

/** The nearest of what a ray from a place meets, or null: the road below or a box. */
function meet(from, direction, frame) {
  const ground = direction[2] < -1e-6 ? -from[2] / direction[2] : Infinity;
  let nearest = { distance: ground, colour: null, box: -1 };
  [...houses, oncoming(frame)].forEach(([low, high, colour], box) => {
    let enter = -Infinity;
    let leave = Infinity;
    for (const axis of [0, 1, 2]) {
      const a = (low[axis] - from[axis]) / direction[axis];
      const b = (high[axis] - from[axis]) / direction[axis];
      enter = Math.max(enter, Math.min(a, b));
      leave = Math.min(leave, Math.max(a, b));
    }
    if (enter > 0.1 && enter < leave && enter < nearest.distance) nearest = { distance: enter, colour, box };
  });
  return nearest.distance < 45 ? nearest : null;
}

const along = (from, direction, distance) => from.map((value, axis) => value + direction[axis] * distance);

/** What a turning lidar on the car sees, in the frame of the car. */
export function lidar(frame) {
  const car = carAt(frame);
  const from = [car[0], car[1], eye];
  const points = [];
  for (let ring = 0; ring < 20; ring += 1)
    for (let turn = 0; turn < 120; turn += 1) {
      const up = ((ring - 15) / 20) * 0.6;
      const around = (turn / 120) * 2 * Math.PI;
      const direction = [Math.cos(around) * Math.cos(up), Math.sin(around) * Math.cos(up), Math.sin(up)];
      const hit = meet(from, direction, frame);
      if (!hit) continue;
      const place = along(from, direction, hit.distance);
      const intensity = hit.box < 0 ? 0.1 : hit.box === houses.length ? 1 : 0.35 + 0.08 * hit.box;
      points.push([...place.map((value, axis) => value - car[axis]), intensity]);
    }
  return pcd(['x', 'y', 'z', 'intensity'], points);
}

export const image = { width: 240, height: 136, focal: 170 };

/** What a camera at the front of the car sees at the same moment. */
export function front(frame) {
  const { width, height, focal } = image;
  const car = carAt(frame);
  const from = [car[0], car[1], eye];
  const pixels = Buffer.alloc(width * height * 3);
  for (let row = 0; row < height; row += 1)
    for (let column = 0; column < width; column += 1) {
      const direction = [1, (width / 2 - column) / focal, (height / 2 - row) / focal];
      const hit = meet(from, direction, frame);
      pixels.set(
        hit ? shade(hit, along(from, direction, hit.distance)) : [168, 204, 232],
        (row * width + column) * 3,
      );
    }
  return png(width, height, pixels);
}

function shade({ colour, distance }, [x, y]) {
  const haze = Math.min(1, distance / 60);
  const isLine = Math.abs(y) < 0.12 && Math.floor(x / 2) % 2 === 0;
  const base = colour ?? (isLine ? [230, 230, 230] : Math.abs(y) > 5 ? [120, 150, 96] : [92, 94, 98]);
  // In steps, so that the picture packs well.
  return base.map((value, at) => Math.round((value * (1 - haze) + [168, 204, 232][at] * haze) / 8) * 8);
}

export const frameCount = frames;
