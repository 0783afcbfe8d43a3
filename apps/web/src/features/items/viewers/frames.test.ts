import { expect, test } from 'vitest';
import { formatTimecode, frameAt, timeOfFrame } from './frames.js';

test('every frame is found again at the time that leads to it', () => {
  for (const fps of [23.976, 24, 25, 29.97, 30, 59.94, 120])
    for (let frame = 0; frame < 5000; frame += 37) {
      const shownAt = frame / fps;
      expect(frameAt(shownAt, fps)).toBe(frame);
      expect(Math.floor(timeOfFrame(frame, fps) * fps)).toBe(frame);
    }
});

test('a start offset of a third of a frame does not shift the number', () => {
  expect(frameAt(10 / 25 + 0.33 / 25, 25)).toBe(10);
});

test('a time shows with milliseconds', () => {
  expect(formatTimecode(62.0451)).toBe('01:02.045');
  expect(formatTimecode(3723)).toBe('1:02:03.000');
});
