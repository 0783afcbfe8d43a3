import { useCallback, useEffect, useRef } from 'react';
import { type ImageView, panned, zoomed } from './image-view.js';

type Change = (edit: (view: ImageView) => ImageView) => void;

/** Dragging moves, the wheel and pinching zoom at the pointer. Gives the ref for the frame. */
export function usePanAndZoom(change: Change): (element: HTMLElement | null) => void {
  const latest = useRef(change);
  useEffect(() => {
    latest.current = change;
  });
  const detach = useRef<(() => void) | null>(null);
  return useCallback((element: HTMLElement | null) => {
    detach.current?.();
    detach.current = element ? attach(element, (edit) => latest.current(edit)) : null;
  }, []);
}

function attach(element: HTMLElement, change: Change): () => void {
  const listening = new AbortController();
  const { signal } = listening;
  // Not passive, which React's own handler is: the page must not scroll meanwhile.
  element.addEventListener('wheel', (event) => onWheel(event, element, change), { passive: false, signal });
  element.addEventListener('pointerdown', (event) => element.setPointerCapture(event.pointerId), { signal });
  element.addEventListener(
    'pointermove',
    (event) => {
      if (element.hasPointerCapture(event.pointerId))
        change((view) => panned(view, event.movementX, event.movementY));
    },
    { signal },
  );
  return () => listening.abort();
}

function onWheel(event: WheelEvent, element: HTMLElement, change: Change): void {
  event.preventDefault();
  const frame = element.getBoundingClientRect();
  const at = {
    x: event.clientX - frame.left - frame.width / 2,
    y: event.clientY - frame.top - frame.height / 2,
  };
  const pixels = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? event.deltaY * 16 : event.deltaY;
  change((view) => zoomed(view, Math.exp(-pixels * (event.ctrlKey ? 0.01 : 0.002)), at));
}
