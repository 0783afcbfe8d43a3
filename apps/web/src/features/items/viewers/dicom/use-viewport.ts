import { Enums, type RenderingEngine, type Types } from '@cornerstonejs/core';
import { useEffect, useId, useState } from 'react';

interface ViewportTypes {
  readonly stack: Types.IStackViewport;
  readonly orthographic: Types.IVolumeViewport;
}

/** A viewport in an element of the page, which follows its size; `version` counts up each time that it has drawn. */
export function useViewport<Type extends keyof ViewportTypes>(
  engine: RenderingEngine,
  type: Type,
  orientation?: Enums.OrientationAxis,
) {
  const id = useId();
  const [element, ref] = useState<HTMLDivElement | null>(null);
  const [viewport, setViewport] = useState<ViewportTypes[Type] | null>(null);
  const [version, setVersion] = useState(0);
  useEffect(() => {
    if (!element || engine.hasBeenDestroyed) return;
    const defaultOptions = { background: [0, 0, 0] as Types.Point3, ...(orientation && { orientation }) };
    const viewportType = type === 'stack' ? Enums.ViewportType.STACK : Enums.ViewportType.ORTHOGRAPHIC;
    engine.enableElement({ viewportId: id, type: viewportType, element, defaultOptions });
    // The engine gives what was asked for by its type.
    setViewport(engine.getViewport(id) as unknown as ViewportTypes[Type]);
    const listening = new AbortController();
    const onDrawn = () => setVersion((drawn) => drawn + 1);
    element.addEventListener(Enums.Events.IMAGE_RENDERED, onDrawn, { signal: listening.signal });
    const observer = new ResizeObserver(() => resize(engine, id));
    observer.observe(element);
    return () => {
      listening.abort();
      observer.disconnect();
      setViewport(null);
      if (!engine.hasBeenDestroyed) engine.disableElement(id);
    };
  }, [engine, element, id, type, orientation]);
  return { ref, element, viewport, version };
}

/** Zoom and place are kept relative to the pane: what fitted still fits. */
function resize(engine: RenderingEngine, id: string): void {
  if (engine.hasBeenDestroyed) return;
  const viewport = engine.getViewport(id);
  const presentation = viewport.getActors().length > 0 ? viewport.getViewPresentation() : null;
  engine.resize(true, false);
  if (!presentation) return;
  viewport.setViewPresentation(presentation);
  viewport.render();
}
