import type { Types } from '@cornerstonejs/core';
import { useRef, useState } from 'react';
import type { KeyActions } from './dicom-keys.js';
import type { Vector } from './placement.js';
import { viewOf } from './plane-pane.js';
import { panBy, type Tool, type ViewSettings, zoomBy } from './view-settings.js';
import type { Viewport } from './window-level.js';
import { changedWindow, type Window, type WindowPreset } from './window-presets.js';

const initialSettings: ViewSettings = { window: null, isInverted: false };
/** Pixels of a key that moves the image. */
const panStep = 40;
/** Voxels: to the end of any volume. */
const farAway = 100_000;

interface Stack {
  readonly step: (by: number) => void;
  readonly goTo: (end: 'first' | 'last') => void;
  readonly togglePlay: () => void;
}

/** What the toolbar and the keys change: the same settings for slices and planes. */
export function useDicomView(stack: Stack, presets: readonly WindowPreset[], canShowPlanes: boolean) {
  const [settings, setSettings] = useState(initialSettings);
  const [tools, setTools] = useState<{ stack: Tool; planes: Tool }>({ stack: 'window', planes: 'point' });
  const [areTagsOpen, setTagsOpen] = useState(false);
  const [wantsPlanes, setWantsPlanes] = useState(false);
  /** The pane that had the focus is gone: the next one takes it. */
  const [takesFocus, setTakesFocus] = useState(false);
  const arePlanesOpen = wantsPlanes && canShowPlanes;
  const shownWindow = useRef<Window | null>(null);
  /** The pane that the keys are for. */
  const viewport = useRef<Viewport | null>(null);
  const plane = usePlaneMoves();
  const setWindow = (window: Window | null) => setSettings({ ...settings, window });
  const actions: KeyActions = {
    step: (by) => (arePlanesOpen ? plane.through(by) : stack.step(by)),
    goTo: (end) => (arePlanesOpen ? plane.through(end === 'first' ? -farAway : farAway) : stack.goTo(end)),
    togglePlay: () => {
      if (!arePlanesOpen) stack.togglePlay();
    },
    changeWindow: (dx, dy) => {
      const from = settings.window ?? shownWindow.current;
      if (from) setWindow(changedWindow(from, dx, dy));
    },
    choosePreset: (at) => {
      const preset = presets[at];
      if (preset) setWindow(preset.window);
    },
    invert: () => setSettings({ ...settings, isInverted: !settings.isInverted }),
    zoom: (factor) => viewport.current && zoomBy(viewport.current, factor),
    pan: (dx, dy) => {
      if (arePlanesOpen) plane.within(dx, dy);
      else if (viewport.current) panBy(viewport.current, dx * panStep, dy * panStep);
    },
    reset: () => {
      // Another object, also when nothing was set: the planes go back to the crosshair.
      setSettings({ ...initialSettings });
      viewport.current?.resetCamera();
      viewport.current?.render();
    },
    toggleTags: () => setTagsOpen(!areTagsOpen),
    togglePlanes: () => {
      if (!canShowPlanes) return;
      setTakesFocus(true);
      setWantsPlanes(!arePlanesOpen);
    },
  };
  const mode = arePlanesOpen ? 'planes' : 'stack';
  return {
    settings,
    setWindow,
    shownWindow,
    areTagsOpen,
    arePlanesOpen,
    takesFocus,
    setPlanes: (isWanted: boolean) => {
      setTakesFocus(false);
      setWantsPlanes(isWanted);
    },
    actions,
    tool: tools[mode],
    setTool: (tool: Tool) => setTools({ ...tools, [mode]: tool }),
    preset: presets.find(({ window }) => window === settings.window) ?? null,
    onViewport: (shown: Viewport | null) => {
      viewport.current = shown;
    },
    onPlane: (shown: Types.IVolumeViewport, move: (direction: Vector, voxels: number) => void) => {
      viewport.current = shown;
      plane.focus(shown, move);
    },
  };
}

/** Moves the crosshair by the directions of the plane that has the focus. */
function usePlaneMoves() {
  const focused = useRef<{
    viewport: Types.IVolumeViewport;
    move: (direction: Vector, voxels: number) => void;
  } | null>(null);
  const view = () => focused.current && viewOf(focused.current.viewport);
  return {
    focus: (viewport: Types.IVolumeViewport, move: (direction: Vector, voxels: number) => void) => {
      focused.current = { viewport, move };
    },
    through: (voxels: number) => {
      const seen = view();
      if (seen) focused.current?.move(seen.inward, voxels);
    },
    within: (right: number, down: number) => {
      const seen = view();
      if (!seen) return;
      if (right !== 0) focused.current?.move(seen.right, right);
      if (down !== 0) focused.current?.move(seen.up, -down);
    },
  };
}
