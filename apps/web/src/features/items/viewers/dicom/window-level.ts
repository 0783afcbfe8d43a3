import { type Types, utilities } from '@cornerstonejs/core';
import type { Window } from './window-presets.js';

export type Viewport = Types.IStackViewport | Types.IVolumeViewport;

export function rangeOf({ centre, width }: Window): Types.VOIRange {
  return utilities.windowLevel.toLowHighRange(width, centre);
}

export function windowOfRange({ lower, upper }: Types.VOIRange): Window {
  const { windowCenter, windowWidth } = utilities.windowLevel.toWindowLevel(lower, upper);
  return { centre: windowCenter, width: windowWidth };
}

/** The first window of the file, or that from its smallest to its largest value. */
export function windowOfImage({ windowCenter, windowWidth }: Types.IImage): Window | null {
  const [centre] = [windowCenter].flat();
  const [width] = [windowWidth].flat();
  return centre === undefined || width === undefined ? null : { centre, width };
}
