import type { KeyboardEvent } from 'react';
import type { Shortcut } from '../shortcuts.js';

export interface NiftiActions {
  /** Voxels to the right of the patient's left, to the front, to the head: the axes of NIfTI. */
  readonly move: (x: number, y: number, z: number) => void;
  readonly stepVolume: (by: number) => void;
  /** Shares of the range of values. */
  readonly changeWindow: (dx: number, dy: number) => void;
  readonly reset: () => void;
}

export const shortcuts: readonly Shortcut[] = [
  ['← →', 'crosshair to the left, right of the patient’s axes'],
  ['↑ ↓', 'crosshair to the front, back'],
  ['Page up, Page down', 'crosshair to the head, feet'],
  [', .', 'previous, next volume of a series'],
  ['[ ]', 'narrower, wider range of values'],
  ["; '", 'darker, brighter'],
  ['0', 'crosshair to the middle, range as in the file'],
  ['Wheel', 'through the plane under the pointer'],
];

const table: Readonly<Record<string, (actions: NiftiActions) => void>> = {
  ArrowLeft: ({ move }) => move(-1, 0, 0),
  ArrowRight: ({ move }) => move(1, 0, 0),
  ArrowUp: ({ move }) => move(0, 1, 0),
  ArrowDown: ({ move }) => move(0, -1, 0),
  PageUp: ({ move }) => move(0, 0, 1),
  PageDown: ({ move }) => move(0, 0, -1),
  ',': ({ stepVolume }) => stepVolume(-1),
  '.': ({ stepVolume }) => stepVolume(1),
  '[': ({ changeWindow }) => changeWindow(-0.1, 0),
  ']': ({ changeWindow }) => changeWindow(0.1, 0),
  ';': ({ changeWindow }) => changeWindow(0, 0.05),
  "'": ({ changeWindow }) => changeWindow(0, -0.05),
  '0': ({ reset }) => reset(),
};

/** Leaves the keys of a focused control to it. */
export function onNiftiKey(event: KeyboardEvent, actions: NiftiActions): void {
  if (event.ctrlKey || event.metaKey || event.altKey || !(event.target instanceof Element)) return;
  if (event.target.closest('input, select, [role="slider"], [role="radiogroup"]')) return;
  const action = table[event.key];
  if (!action) return;
  event.preventDefault();
  action(actions);
}
