import type { CloudView } from './cloud-view.js';

export const zoomStep = 1.25;
const turn = Math.PI / 24;
const shift = 40;

type Move = (view: CloudView) => void;

const moves: Readonly<Record<string, Move>> = {
  ArrowLeft: (view) => view.orbit(turn, 0),
  ArrowRight: (view) => view.orbit(-turn, 0),
  ArrowUp: (view) => view.orbit(0, turn),
  ArrowDown: (view) => view.orbit(0, -turn),
  'shift ArrowLeft': (view) => view.pan(shift, 0),
  'shift ArrowRight': (view) => view.pan(-shift, 0),
  'shift ArrowUp': (view) => view.pan(0, shift),
  'shift ArrowDown': (view) => view.pan(0, -shift),
  '+': (view) => view.zoom(zoomStep),
  '=': (view) => view.zoom(zoomStep),
  '-': (view) => view.zoom(1 / zoomStep),
  '0': (view) => view.fit(),
};

export const viewKeysHelp =
  'drag or use the arrow keys to turn, with shift to move, plus and minus to zoom, 0 to see all';

interface PressedKey {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

/** What a key does to the view, or undefined when it does nothing. */
export function moveOfKey({ key, shiftKey, ctrlKey, metaKey, altKey }: PressedKey): Move | undefined {
  if (ctrlKey || metaKey || altKey) return undefined;
  return moves[shiftKey && key.startsWith('Arrow') ? `shift ${key}` : key];
}
