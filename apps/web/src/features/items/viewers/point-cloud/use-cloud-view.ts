import { useElementSize } from '@mantine/hooks';
import { useEffect, useRef, useState } from 'react';
import { CloudView, type PlacedCloud } from './cloud-view.js';

/** A view in the element that gets the ref, with the clouds in it; null while there is none. */
export function useCloudView(clouds: readonly PlacedCloud[], pointSize: number) {
  const host = useRef<HTMLDivElement>(null);
  const [view, setView] = useState<CloudView | null>(null);
  const [hasFailed, setHasFailed] = useState(false);
  const { ref: frame, width, height } = useElementSize();
  useEffect(() => {
    // A canvas for each view: one whose context was given up gets no new one.
    const canvas = document.createElement('canvas');
    host.current?.append(canvas);
    const created = createView(canvas);
    setView(created);
    setHasFailed(created === null);
    return () => {
      created?.dispose();
      canvas.remove();
    };
  }, []);
  useEffect(() => view?.resize(width, height), [view, width, height]);
  const isEmpty = clouds.length === 0;
  useEffect(() => view?.show(clouds), [view, clouds]);
  // Once there is something to see; later the view is the user's.
  const hasFitted = useRef(false);
  useEffect(() => {
    if (!view || isEmpty || width === 0 || hasFitted.current) return;
    hasFitted.current = true;
    view.fit();
  }, [view, isEmpty, width]);
  useEffect(() => view?.setPointSize(pointSize), [view, pointSize]);
  return { host, frame, view, hasFailed };
}

function createView(canvas: HTMLCanvasElement): CloudView | null {
  try {
    return new CloudView(canvas);
  } catch {
    return null;
  }
}
