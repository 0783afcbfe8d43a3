/** How an image lies in its frame: `scale` 1 is one image pixel per CSS pixel; x and y shift its centre. */
export interface ImageView {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
  readonly rotation: 0 | 90 | 180 | 270;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

const minScale = 0.01;
const maxScale = 40;

/** The whole image, not larger than it is. */
export function fitted(image: Size, frame: Size, rotation: ImageView['rotation']): ImageView {
  const isTurned = rotation % 180 !== 0;
  const width = isTurned ? image.height : image.width;
  const height = isTurned ? image.width : image.height;
  const scale = Math.min(frame.width / width, frame.height / height, 1);
  return { scale: Math.max(scale, minScale), x: 0, y: 0, rotation };
}

/** Zooms so that the point under `at`, measured from the centre of the frame, stays where it is. */
export function zoomed(
  view: ImageView,
  factor: number,
  at: { x: number; y: number } = { x: 0, y: 0 },
): ImageView {
  const scale = Math.min(Math.max(view.scale * factor, minScale), maxScale);
  const ratio = scale / view.scale;
  return { ...view, scale, x: at.x - (at.x - view.x) * ratio, y: at.y - (at.y - view.y) * ratio };
}

export const panned = (view: ImageView, dx: number, dy: number): ImageView => ({
  ...view,
  x: view.x + dx,
  y: view.y + dy,
});

export const turned = (rotation: ImageView['rotation'], by: 90 | 270): ImageView['rotation'] =>
  ((rotation + by) % 360) as ImageView['rotation'];

export const zoomStep = 1.25;
const keyPan = 40;

/** How a key changes the view, or undefined when it does not. */
export function editOfKey(key: string): ((view: ImageView) => ImageView) | undefined {
  if (key === '+' || key === '=') return (view) => zoomed(view, zoomStep);
  if (key === '-') return (view) => zoomed(view, 1 / zoomStep);
  if (key === 'ArrowLeft') return (view) => panned(view, keyPan, 0);
  if (key === 'ArrowRight') return (view) => panned(view, -keyPan, 0);
  if (key === 'ArrowUp') return (view) => panned(view, 0, keyPan);
  if (key === 'ArrowDown') return (view) => panned(view, 0, -keyPan);
  return undefined;
}
