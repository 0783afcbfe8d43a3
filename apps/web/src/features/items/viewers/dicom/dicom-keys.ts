import type { KeyboardEvent } from 'react';
import type { Shortcut } from '../shortcuts.js';

/** What the keys of the DICOM viewer do; the names of the settings are those of its toolbar. */
export interface KeyActions {
  readonly step: (slices: number) => void;
  readonly goTo: (end: 'first' | 'last') => void;
  readonly togglePlay: () => void;
  readonly changeWindow: (dx: number, dy: number) => void;
  readonly choosePreset: (index: number) => void;
  readonly invert: () => void;
  readonly zoom: (factor: number) => void;
  /** In steps, to the right and down. */
  readonly pan: (dx: number, dy: number) => void;
  readonly reset: () => void;
  readonly toggleTags: () => void;
  readonly togglePlanes: () => void;
}

export const shortcuts: readonly Shortcut[] = [
  ['↑ ↓', 'previous, next slice, or through the plane; also comma and full stop, and the wheel'],
  ['Page up, Page down', 'ten slices back, on'],
  ['Home, End', 'first, last slice'],
  ['Space', 'play, pause'],
  ['← →', 'narrower, wider window'],
  ['Shift ↑ ↓', 'brighter, darker'],
  ['1 to 9', 'window presets; 1: as in the file'],
  ['I', 'invert'],
  ['+ −', 'zoom in, out; also Ctrl and the wheel'],
  ['Ctrl and arrows', 'move the image; of planes the crosshair'],
  ['0', 'fit, with the window of the file'],
  ['T', 'tags of the slice'],
  ['M', 'slices, or planes through the volume'],
];

const zoomStep = 1.25;
const windowStep = 0.1;

const plain: Readonly<Record<string, (actions: KeyActions) => void>> = {
  ArrowUp: ({ step }) => step(-1),
  ',': ({ step }) => step(-1),
  ArrowDown: ({ step }) => step(1),
  '.': ({ step }) => step(1),
  PageUp: ({ step }) => step(-10),
  PageDown: ({ step }) => step(10),
  Home: ({ goTo }) => goTo('first'),
  End: ({ goTo }) => goTo('last'),
  ' ': ({ togglePlay }) => togglePlay(),
  ArrowLeft: ({ changeWindow }) => changeWindow(-windowStep, 0),
  ArrowRight: ({ changeWindow }) => changeWindow(windowStep, 0),
  i: ({ invert }) => invert(),
  '+': ({ zoom }) => zoom(zoomStep),
  '=': ({ zoom }) => zoom(zoomStep),
  '-': ({ zoom }) => zoom(1 / zoomStep),
  '0': ({ reset }) => reset(),
  t: ({ toggleTags }) => toggleTags(),
  m: ({ togglePlanes }) => togglePlanes(),
};
const shifted: typeof plain = {
  ArrowUp: ({ changeWindow }) => changeWindow(0, -windowStep),
  ArrowDown: ({ changeWindow }) => changeWindow(0, windowStep),
  '+': ({ zoom }) => zoom(zoomStep),
};
const controlled: typeof plain = {
  ArrowUp: ({ pan }) => pan(0, -1),
  ArrowDown: ({ pan }) => pan(0, 1),
  ArrowLeft: ({ pan }) => pan(-1, 0),
  ArrowRight: ({ pan }) => pan(1, 0),
};

const ownKeys = 'input, select, textarea, [role="slider"], [role="radiogroup"]';

/** Leaves the keys of a focused control to it. */
export function onDicomKey(event: KeyboardEvent, actions: KeyActions): void {
  if (event.metaKey || event.altKey || !(event.target instanceof Element)) return;
  if (event.target.closest(ownKeys)) return;
  if (event.key === ' ' && event.target.closest('button')) return;
  const table = event.ctrlKey ? controlled : event.shiftKey ? shifted : plain;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const action = table[key] ?? presetOf(event);
  if (!action) return;
  event.preventDefault();
  action(actions);
}

function presetOf({ key, ctrlKey }: KeyboardEvent): ((actions: KeyActions) => void) | undefined {
  if (ctrlKey || !/^[1-9]$/.test(key)) return undefined;
  return ({ choosePreset }) => choosePreset(Number(key) - 1);
}
