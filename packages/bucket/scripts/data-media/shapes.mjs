import { las, pcd, ply } from './point-files.mjs';
import { rainbow, randomFrom } from './random.mjs';

/** A tube of points around a trefoil knot, coloured along its way. */
export function trefoil(count = 4000) {
  const random = randomFrom(3);
  const points = Array.from({ length: count }, (_, at) => {
    const t = (at / count) * 2 * Math.PI;
    const turn = random() * 2 * Math.PI;
    const radius = 2 + Math.cos(3 * t) + 0.35 * Math.cos(turn);
    return [
      radius * Math.cos(2 * t),
      radius * Math.sin(2 * t),
      Math.sin(3 * t) + 0.35 * Math.sin(turn),
      ...rainbow(at / count),
    ];
  });
  return ply(points);
}

/** A torus with bands of intensity. */
export function torus(count = 3000) {
  const random = randomFrom(5);
  const points = Array.from({ length: count }, () => {
    const around = random() * 2 * Math.PI;
    const across = random() * 2 * Math.PI;
    const radius = 3 + Math.cos(across);
    const [red, green, blue] = rainbow(around / (2 * Math.PI));
    return [
      radius * Math.cos(around),
      radius * Math.sin(around),
      Math.sin(across),
      0.5 + 0.5 * Math.sin(6 * around),
      (red << 16) | (green << 8) | blue,
    ];
  });
  return pcd(['x', 'y', 'z', 'intensity', 'rgb'], points);
}

const kinds = {
  ground: { code: 2, colour: [150, 120, 80] },
  tree: { code: 5, colour: [40, 130, 60] },
  building: { code: 6, colour: [190, 70, 60] },
  water: { code: 9, colour: [60, 120, 210] },
};

const heightAt = (x, y) => 12 * Math.exp(-((x - 70) ** 2 + (y - 65) ** 2) / 900) + 2 * Math.sin(x / 18);

function groundPoint(x, y) {
  const isWater = Math.abs(y - 25 - 8 * Math.sin(x / 20)) < 5;
  return { x, y, z: isWater ? -2 : heightAt(x, y), kind: isWater ? 'water' : 'ground' };
}

function treePoint(random, [x, y]) {
  const angle = random() * 2 * Math.PI;
  const up = random();
  const radius = 3 * (1 - up) * Math.sqrt(random());
  return {
    x: x + radius * Math.cos(angle),
    y: y + radius * Math.sin(angle),
    z: heightAt(x, y) + 2 + up * 7,
    kind: 'tree',
  };
}

function housePoint(random, [x, y]) {
  const [u, v] = [random(), random()];
  const isRoof = random() < 0.6;
  const [dx, dy] = isRoof ? [u * 12, v * 8] : random() < 0.5 ? [u * 12, 0] : [0, u * 8];
  return {
    x: x + dx,
    y: y + dy,
    z: heightAt(x, y) + (isRoof ? 6 + 3 * (1 - Math.abs(dy - 4) / 4) : 6 * v),
    kind: 'building',
  };
}

/** A valley of 100 m with a river, a hill, trees and houses, as an airborne survey would see it. */
export function valley(count = 5000) {
  const random = randomFrom(8);
  const trees = Array.from({ length: 14 }, () => [random() * 100, 45 + random() * 50]);
  const houses = [
    [10, 5],
    [32, 2],
    [60, 4],
    [14, 50],
  ];
  const offset = [445_000, 5_120_000, 400];
  const pick = (list) => list[Math.floor(random() * list.length)];
  const points = Array.from({ length: count }, () => {
    const share = random();
    const { x, y, z, kind } =
      share < 0.62
        ? groundPoint(random() * 100, random() * 100)
        : share < 0.84
          ? treePoint(random, pick(trees))
          : housePoint(random, pick(houses));
    const { code, colour } = kinds[kind];
    const intensity = Math.round((kind === 'water' ? 200 : 1500) + random() * 900);
    return [x + offset[0], y + offset[1], z + offset[2], intensity, code, ...colour];
  });
  return las(points, offset);
}
