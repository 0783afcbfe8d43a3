import { expect, test } from 'vitest';
import { editOfKey, fitted, panned, turned, zoomed } from './image-view.js';

const frame = { width: 800, height: 600 };

test('a large image is made to fit and a small one keeps its size', () => {
  expect(fitted({ width: 1600, height: 600 }, frame, 0).scale).toBe(0.5);
  expect(fitted({ width: 100, height: 100 }, frame, 0).scale).toBe(1);
});

test('a turned image fits by its other side', () => {
  expect(fitted({ width: 1200, height: 400 }, frame, 90).scale).toBe(0.5);
});

test('zooming keeps the point under the pointer', () => {
  const view = panned(fitted({ width: 800, height: 600 }, frame, 0), 10, -20);
  const at = { x: 100, y: 50 };
  const closer = zoomed(view, 2, at);
  const before = [(at.x - view.x) / view.scale, (at.y - view.y) / view.scale];
  expect([(at.x - closer.x) / closer.scale, (at.y - closer.y) / closer.scale]).toEqual(before);
});

test('zooming stops at its limits', () => {
  expect(zoomed({ scale: 40, x: 0, y: 0, rotation: 0 }, 10).scale).toBe(40);
  expect(zoomed({ scale: 0.01, x: 0, y: 0, rotation: 0 }, 0.1).scale).toBe(0.01);
});

test('four turns are none', () => {
  expect(turned(turned(turned(turned(0, 90), 90), 90), 90)).toBe(0);
  expect(turned(0, 270)).toBe(270);
});

test('arrows uncover what lies in their direction, other keys do nothing', () => {
  const view = { scale: 1, x: 0, y: 0, rotation: 0 } as const;
  expect(editOfKey('ArrowRight')?.(view).x).toBeLessThan(0);
  expect(editOfKey('+')?.(view).scale).toBeGreaterThan(1);
  expect(editOfKey('x')).toBeUndefined();
});
