import { cache, type Enums, type RenderingEngine, type Types } from '@cornerstonejs/core';
import { useEffect, useState } from 'react';
import classes from './dicom.module.css';
import { Pane } from './pane.js';
import { cross, dot, toVector, type Vector } from './placement.js';
import { toolOf } from './stack-pane.js';
import { useGestures } from './use-gestures.js';
import { useViewport } from './use-viewport.js';
import { applySettings, panBy, type Tool, type ViewSettings, zoomBy } from './view-settings.js';
import type { VolumeGrid } from './volume-grid.js';
import { changedWindow, type Window } from './window-presets.js';

/** How a plane is looked at: directions of the patient. */
export interface PlaneView {
  readonly right: Vector;
  readonly up: Vector;
  /** Into the screen. */
  readonly inward: Vector;
}

interface PlanePaneProps {
  readonly engine: RenderingEngine;
  readonly grid: VolumeGrid;
  readonly orientation: Enums.OrientationAxis;
  readonly title: string;
  readonly label: string;
  readonly takesFocus: boolean;
  readonly point: Vector;
  readonly settings: ViewSettings;
  readonly tool: Tool;
  /** The window that is drawn. */
  readonly window: Window | null;
  readonly onPoint: (point: Vector) => void;
  readonly onStep: (view: PlaneView, steps: number) => void;
  readonly onWindow: (window: Window) => void;
  readonly onFocus: (viewport: Types.IVolumeViewport) => void;
}

export function viewOf(viewport: Types.IVolumeViewport): PlaneView | null {
  const { viewUp, viewPlaneNormal } = viewport.getCamera();
  const [up, outward] = [toVector(viewUp), toVector(viewPlaneNormal)];
  if (!up || !outward) return null;
  const [x, y, z] = outward;
  return { right: cross(up, outward), up, inward: [-x, -y, -z] };
}

/** One plane through a volume, with the lines of the other two. */
export function PlanePane(props: PlanePaneProps) {
  const { engine, orientation, point, tool, window, onPoint, onWindow } = props;
  const { ref, element, viewport, version } = useViewport(engine, 'orthographic', orientation);
  const isDrawn = useShownPlane(viewport, props);
  const pick = (x: number, y: number) => {
    const world = viewport && toVector(viewport.canvasToWorld([x, y]));
    if (world) onPoint(world);
  };
  useGestures(element, {
    onScroll: (steps) => {
      const view = viewport && viewOf(viewport);
      if (view) props.onStep(view, steps);
    },
    onZoom: (factor) => viewport && zoomBy(viewport, factor),
    onPress: (x, y, event) => toolOf(event, tool) === 'point' && pick(x, y),
    onDrag: (dx, dy, event) => {
      const used = toolOf(event, tool);
      if (!viewport || !element) return;
      const frame = element.getBoundingClientRect();
      if (used === 'point') pick(event.clientX - frame.left, event.clientY - frame.top);
      else if (used === 'pan') panBy(viewport, dx, dy);
      else if (used === 'zoom') zoomBy(viewport, Math.exp(-dy * 0.01));
      else if (window) onWindow(changedWindow(window, dx / 300, dy / 300));
    },
  });
  return (
    <Pane
      label={props.label}
      takesFocus={props.takesFocus}
      canvasRef={ref}
      viewport={isDrawn ? viewport : null}
      isOriented={version > 0}
      title={props.title}
      onFocus={() => viewport && props.onFocus(viewport)}
    >
      {isDrawn && viewport && <Lines place={viewport.worldToCanvas([...point])} />}
    </Pane>
  );
}

function Lines({ place: [x, y] }: { readonly place: Types.Point2 }) {
  return (
    <svg className={classes['lines']} aria-hidden>
      <line x1={x} x2={x} y1="0" y2="100%" />
      <line x1="0" x2="100%" y1={y} y2={y} />
    </svg>
  );
}

/** Puts the volume into the viewport, and keeps its plane at the point. */
function useShownPlane(viewport: Types.IVolumeViewport | null, props: PlanePaneProps): boolean {
  const { engine, grid, point, settings, window } = props;
  const [shown, setShown] = useState<Types.IVolumeViewport | null>(null);
  useEffect(() => {
    if (!viewport) return;
    let isOver = false;
    void viewport.setVolumes([{ volumeId: grid.volumeId }]).then(() => {
      if (isOver) return;
      viewport.resetCamera();
      setShown(viewport);
    });
    return () => {
      isOver = true;
    };
  }, [viewport, grid]);
  useEffect(() => {
    const image = cache.getVolume(grid.volumeId)?.getCornerstoneImages()[0];
    if (!shown || !image) return;
    applySettings(shown, image, settings, window);
    moveTo(shown, point);
    shown.render();
  }, [shown, grid, settings, window, point]);
  // The panes share the volume's texture: a pane that was drawn while it was filled is drawn again.
  useEffect(() => {
    if (shown) engine.render();
  }, [shown, engine]);
  return shown !== null && shown === viewport;
}

/** Moves the plane along its normal only, so that what is in sight stays in sight. */
function moveTo(viewport: Types.IVolumeViewport, point: Vector): void {
  const camera = viewport.getCamera();
  const [focus, position] = [toVector(camera.focalPoint), toVector(camera.position)];
  const normal = toVector(camera.viewPlaneNormal);
  if (!focus || !position || !normal) return;
  const distance = dot([point[0] - focus[0], point[1] - focus[1], point[2] - focus[2]], normal);
  const shifted = ([x, y, z]: Vector): Types.Point3 => [
    x + normal[0] * distance,
    y + normal[1] * distance,
    z + normal[2] * distance,
  ];
  viewport.setCamera({ focalPoint: shifted(focus), position: shifted(position) });
}
