import { useEffect, useRef } from 'react';

export interface Gestures {
  /** Whole steps of the wheel, downwards positive. */
  readonly onScroll: (steps: number) => void;
  /** The wheel with Ctrl, or two fingers on a touchpad: a factor. */
  readonly onZoom: (factor: number) => void;
  /** Dragged by pixels, with the button that was pressed. */
  readonly onDrag: (dx: number, dy: number, event: PointerEvent) => void;
  /** A press, at pixels from the top left of the element. */
  readonly onPress?: (x: number, y: number, event: PointerEvent) => void;
}

/** Pixels of the wheel that are one step: a notch of most mice, a short stroke on a touchpad. */
const stepPixels = 60;

/** Wheel and pointer of an element. */
export function useGestures(element: HTMLElement | null, gestures: Gestures): void {
  const latest = useRef(gestures);
  useEffect(() => {
    latest.current = gestures;
  });
  useEffect(() => {
    if (!element) return;
    const listening = new AbortController();
    attach(element, () => latest.current, listening.signal);
    return () => listening.abort();
  }, [element]);
}

function attach(element: HTMLElement, gestures: () => Gestures, signal: AbortSignal): void {
  let travelled = 0;
  const onWheel = (event: WheelEvent) => {
    event.preventDefault();
    const pixels = event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? event.deltaY : event.deltaY * stepPixels;
    if (event.ctrlKey) return gestures().onZoom(Math.exp(-pixels * 0.002));
    travelled += pixels;
    const steps = Math.trunc(travelled / stepPixels);
    travelled -= steps * stepPixels;
    if (steps !== 0) gestures().onScroll(steps);
  };
  const onDown = (event: PointerEvent) => {
    element.setPointerCapture(event.pointerId);
    const frame = element.getBoundingClientRect();
    gestures().onPress?.(event.clientX - frame.left, event.clientY - frame.top, event);
  };
  const onMove = (event: PointerEvent) => {
    if (element.hasPointerCapture(event.pointerId))
      gestures().onDrag(event.movementX, event.movementY, event);
  };
  // Not passive, which React's own handler is: the page must not scroll meanwhile.
  element.addEventListener('wheel', onWheel, { passive: false, signal });
  element.addEventListener('pointerdown', onDown, { signal });
  element.addEventListener('pointermove', onMove, { signal });
  element.addEventListener('contextmenu', (event) => event.preventDefault(), { signal });
}
