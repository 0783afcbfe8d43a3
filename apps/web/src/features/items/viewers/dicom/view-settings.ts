import { Enums, type Types } from '@cornerstonejs/core';
import { rangeOf, type Viewport } from './window-level.js';
import type { Window } from './window-presets.js';

/** What dragging with the main button does; the crosshair is of planes alone. */
export type Tool = 'point' | 'window' | 'pan' | 'zoom';

/** How the images are shown; the same in all panes. */
export interface ViewSettings {
  /** Null: as the file says. */
  readonly window: Window | null;
  readonly isInverted: boolean;
}

const zooms = { min: 0.2, max: 40 };

export function zoomBy(viewport: Viewport, factor: number): void {
  viewport.setZoom(Math.min(Math.max(viewport.getZoom() * factor, zooms.min), zooms.max));
  viewport.render();
}

export function panBy(viewport: Viewport, dx: number, dy: number): void {
  const [x, y] = viewport.getPan();
  viewport.setPan([x + dx, y + dy]);
  viewport.render();
}

/** `image` is the one that is shown, or one of the volume. */
export function applySettings(
  viewport: Viewport,
  image: Types.IImage,
  { window, isInverted }: ViewSettings,
  ofFile: Window | null,
): void {
  const shown = window ?? ofFile;
  const isWindowed = shown && !image.color;
  viewport.setProperties({
    interpolationType: Enums.InterpolationType.LINEAR,
    ...(isWindowed && { voiRange: rangeOf(shown) }),
    // MONOCHROME1 has white for its smallest value.
    invert: isInverted !== (image.invert ?? false),
  });
}
