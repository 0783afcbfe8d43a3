import { pannedRange, type TimeRange, zoomedRange } from './view-of.js';

export const zoomStep = 1.5;
const panStep = 0.1;

export const zoomedAboutMiddle = (range: TimeRange, full: TimeRange, factor: number): TimeRange =>
  zoomedRange(range, full, factor, (range.min + range.max) / 2);

/** The range that a key leads to, or undefined when it leads to none. */
export function rangeOfKey(key: string, range: TimeRange, full: TimeRange): TimeRange | undefined {
  if (key === 'ArrowLeft') return pannedRange(range, full, -panStep);
  if (key === 'ArrowRight') return pannedRange(range, full, panStep);
  if (key === '+' || key === '=') return zoomedAboutMiddle(range, full, zoomStep);
  if (key === '-') return zoomedAboutMiddle(range, full, 1 / zoomStep);
  return key === '0' ? full : undefined;
}
