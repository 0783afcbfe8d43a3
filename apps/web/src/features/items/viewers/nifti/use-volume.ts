import { Niivue, type NVImage } from '@niivue/niivue';
import { useEffect, useEffectEvent, useState } from 'react';
import { UnreadableFile } from '../../failure/unreadable-file.js';
import { type NiftiFile, readNiftiFile } from './nifti-file.js';
import type { ValueRange } from './value-range.js';

export interface Volume {
  readonly renderer: Niivue;
  readonly image: NVImage;
  readonly file: NiftiFile;
  /** The values that are drawn at first: as the file says, else those of most voxels. */
  readonly range: ValueRange;
}

/** Keys and dropped files are not the renderer's; it loads nothing, and prints nothing but errors. */
const options = {
  logLevel: 'error',
  dragAndDropEnabled: false,
  loadingText: '',
  show3Dcrosshair: true,
  crosshairWidth: 0.7,
  crosshairWidthUnit: 'percent',
  multiplanarForceRender: true,
  isRadiologicalConvention: true,
  isNearestInterpolation: false,
  clipPlaneHotKey: '',
  cycleClipPlaneHotKey: '',
  viewModeHotKey: '',
} as const;

async function draw(canvas: HTMLCanvasElement, bytes: Uint8Array<ArrayBuffer>): Promise<Volume> {
  const file = await readNiftiFile(bytes);
  const renderer = new Niivue(options);
  await renderer.attachToCanvas(canvas, false);
  // The renderer makes it a stop of the tab key; the group around it is one, and has a name.
  canvas.tabIndex = -1;
  checkSize(file, renderer.gl);
  try {
    await renderer.loadFromArrayBuffer(file.bytes.buffer, 'volume.nii');
    const [image] = renderer.volumes;
    if (!image) throw new Error('The renderer made no volume of the file.');
    return { renderer, image, file, range: { min: image.cal_min ?? 0, max: image.cal_max ?? 1 } };
  } catch (error) {
    close(renderer);
    throw new UnreadableFile('The file is damaged: its volume cannot be drawn.', { cause: error });
  }
}

function checkSize({ size }: NiftiFile, gl: WebGL2RenderingContext): void {
  const most = gl.getParameter(gl.MAX_3D_TEXTURE_SIZE) as number;
  if (Math.max(...size) > most)
    throw new UnreadableFile(
      `The volume has ${size.join(' × ')} voxels; the graphics of this device draw at most ${most} along an axis.`,
    );
}

/** Browsers keep few contexts: that of a canvas that has left the page is given back. */
function close(renderer: Niivue): void {
  renderer.cleanup();
  if (!renderer.canvas?.isConnected) renderer.gl.getExtension('WEBGL_lose_context')?.loseContext();
}

/** Draws a file into a canvas; null until it is there. */
export function useVolume(
  canvas: HTMLCanvasElement | null,
  bytes: Uint8Array<ArrayBuffer> | null,
  onReady: () => void,
  onFail: (error: unknown) => void,
): Volume | null {
  const [volume, setVolume] = useState<Volume | null>(null);
  const report = useEffectEvent((error?: unknown) => (error === undefined ? onReady() : onFail(error)));
  useEffect(() => {
    if (!canvas || !bytes) return;
    let isOver = false;
    const drawing = draw(canvas, bytes);
    drawing.then(
      (drawn) => {
        if (isOver) return;
        setVolume(drawn);
        report();
      },
      (error: unknown) => {
        if (!isOver) report(error);
      },
    );
    return () => {
      isOver = true;
      setVolume(null);
      void drawing.then(({ renderer }) => close(renderer)).catch(() => {});
    };
  }, [canvas, bytes]);
  return volume;
}
