import type { RenderingEngine, Types } from '@cornerstonejs/core';
import { Loader } from '@mantine/core';
import { useEffect, useEffectEvent, useState } from 'react';
import { decode } from './cornerstone.js';
import classes from './dicom.module.css';
import { Pane } from './pane.js';
import type { Slice } from './slices.js';
import { useGestures } from './use-gestures.js';
import { useViewport } from './use-viewport.js';
import { applySettings, panBy, type Tool, type ViewSettings, zoomBy } from './view-settings.js';
import { windowOfImage } from './window-level.js';
import { changedWindow, type Window } from './window-presets.js';

interface StackPaneProps {
  readonly engine: RenderingEngine;
  readonly slices: readonly Slice[];
  readonly index: number;
  readonly settings: ViewSettings;
  readonly tool: Tool;
  readonly label: string;
  readonly takesFocus: boolean;
  readonly onScroll: (steps: number) => void;
  readonly onWindow: (window: Window) => void;
  /** The window that is drawn, also when it is the file's own. */
  readonly onShownWindow: (window: Window | null) => void;
  readonly onShown: () => void;
  readonly onFail: (key: string, error: unknown) => void;
  /** For the buttons and keys that zoom and move. */
  readonly onViewport: (viewport: Types.IStackViewport | null) => void;
}

/** One slice of a stack. */
export function StackPane(props: StackPaneProps) {
  const { engine, slices, index, settings, tool, onWindow } = props;
  const { ref, element, viewport, version } = useViewport(engine, 'stack');
  const slice = slices[index];
  const image = useShownImage(viewport, props);
  const window = settings.window ?? (image && windowOfImage(image));
  const report = useEffectEvent(() => {
    props.onViewport(viewport);
    props.onShownWindow(window);
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: tells what has changed.
  useEffect(() => report(), [viewport, image, settings]);
  useGestures(element, {
    onScroll: props.onScroll,
    onZoom: (factor) => viewport && zoomBy(viewport, factor),
    onDrag: (dx, dy, event) => {
      const used = toolOf(event, tool);
      if (!viewport) return;
      if (used === 'pan') panBy(viewport, dx, dy);
      else if (used === 'zoom') zoomBy(viewport, Math.exp(-dy * 0.01));
      else if (window) onWindow(changedWindow(window, dx / 300, dy / 300));
    },
  });
  return (
    <Pane
      label={props.label}
      takesFocus={props.takesFocus}
      canvasRef={ref}
      viewport={image && viewport}
      isOriented={version > 0 && Boolean(slice?.placement?.orientation)}
      facts={image ? factsOf(image, window, viewport?.getZoom() ?? 1) : ''}
    >
      {!image && (
        <div className={classes['waiting']}>
          <Loader aria-label="Loading the slice" />
        </div>
      )}
    </Pane>
  );
}

/** The right button zooms and the middle one moves, whatever the main one does; so does Shift. */
export function toolOf({ buttons, shiftKey }: PointerEvent, tool: Tool): Tool {
  if (buttons & 2) return 'zoom';
  return buttons & 4 || shiftKey ? 'pan' : tool;
}

function factsOf({ columns, rows, color }: Types.IImage, window: Window | null, zoom: number): string {
  const windowed = window && !color ? `W ${Math.round(window.width)} L ${Math.round(window.centre)} · ` : '';
  return `${windowed}${Math.round(zoom * 100)}% of ${columns} × ${rows}`;
}

/** Draws the slice once it is there; null before the first one. */
function useShownImage(viewport: Types.IStackViewport | null, props: StackPaneProps): Types.IImage | null {
  const { slices, index, settings, onShown, onFail } = props;
  const [image, setImage] = useState<Types.IImage | null>(null);
  const slice = slices[index];
  const isReady = slice?.state.kind === 'ready';
  const imageIds = slices.map(({ imageId }) => imageId);
  const stackName = imageIds.join();
  const show = useEffectEvent(async (target: Types.IStackViewport, signal: AbortSignal) => {
    if (!slice) return;
    try {
      const decoded = await decode(slice.imageId);
      if (signal.aborted) return;
      await turnTo(target, imageIds, index);
      if (signal.aborted) return;
      applySettings(target, decoded, settings, windowOfImage(decoded));
      target.render();
      setImage(decoded);
      onShown();
    } catch (error) {
      if (!signal.aborted) onFail(slice.key, error);
    }
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: shown anew for each slice and each setting.
  useEffect(() => {
    if (!viewport || !isReady) return;
    const stop = new AbortController();
    void show(viewport, stop.signal);
    return () => stop.abort();
  }, [viewport, isReady, stackName, index, settings]);
  return image;
}

/** Another stack (frames were found, the order became known) takes over where the last one was looked at. */
async function turnTo(viewport: Types.IStackViewport, imageIds: string[], index: number): Promise<void> {
  const current = viewport.getImageIds();
  const isSame = current.length === imageIds.length && imageIds.every((id, at) => current[at] === id);
  if (isSame) {
    if (viewport.getCurrentImageIdIndex() !== index) await viewport.setImageIdIndex(index);
    return;
  }
  const presentation = current.length > 0 ? viewport.getViewPresentation() : null;
  await viewport.setStack(imageIds, index);
  if (presentation) viewport.setViewPresentation(presentation);
}
