import type { Item } from '@latchkey/contract/schemas/item';
import { signedItem } from './signed-items.js';
import { inSlot } from './slots.js';

/** CSS pixels of the longer side; drawn twice as large for dense screens. */
const side = 160 * 2;
/** Drawings of some 100 kB: what was scrolled past is there at once when one comes back. */
const keptAtMost = 400;
const kept = new Map<string, HTMLCanvasElement>();

/** Types of which the browser can draw a picture by itself. */
export const hasThumbnail = ({ itemType, url }: Item): boolean =>
  url !== null && (itemType === 'image' || itemType === 'video');

/** The item made small, by this browser from the object itself. Throws when it cannot be loaded or was given up. */
export async function thumbnailOf(item: Item, signal: AbortSignal): Promise<HTMLCanvasElement> {
  const known = kept.get(item.uuid);
  if (known) return known;
  const signed = await signedItem(item.uuid, signal);
  const url = signed?.signedUrl;
  if (!url || !/^https?:/i.test(url)) throw new Error('There is no URL that a browser can load.');
  const draw = item.itemType === 'video' ? drawVideo : drawImage;
  const canvas = await inSlot(() => draw(url, signal), signal);
  kept.set(item.uuid, canvas);
  const [oldest] = kept.keys();
  if (kept.size > keptAtMost && oldest !== undefined) kept.delete(oldest);
  return canvas;
}

/** Loads it in the way of the viewer, so that the browser has one answer for both in its cache. */
async function drawImage(url: string, signal: AbortSignal): Promise<HTMLCanvasElement> {
  const image = new Image();
  image.crossOrigin = 'anonymous';
  image.referrerPolicy = 'no-referrer';
  await loaded(image, 'load', signal, () => {
    image.src = url;
  });
  return drawn(image, image.naturalWidth || side, image.naturalHeight || side);
}

/** The first frame. */
async function drawVideo(url: string, signal: AbortSignal): Promise<HTMLCanvasElement> {
  const video = document.createElement('video');
  video.crossOrigin = 'anonymous';
  video.muted = true;
  video.preload = 'auto';
  try {
    await loaded(video, 'loadeddata', signal, () => {
      video.src = url;
    });
    return drawn(video, video.videoWidth, video.videoHeight);
  } finally {
    // Ends the download of what comes behind the frame.
    video.removeAttribute('src');
    video.load();
  }
}

function loaded(
  element: HTMLImageElement | HTMLVideoElement,
  event: 'load' | 'loadeddata',
  signal: AbortSignal,
  start: () => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const giveUp = () => {
      element.removeAttribute('src');
      reject(signal.reason);
    };
    signal.addEventListener('abort', giveUp, { once: true });
    const settle = (end: () => void) => () => {
      signal.removeEventListener('abort', giveUp);
      end();
    };
    element.addEventListener(event, settle(resolve), { once: true });
    element.addEventListener(
      'error',
      settle(() => reject(new Error('It could not be loaded.'))),
      {
        once: true,
      },
    );
    start();
  });
}

function drawn(source: CanvasImageSource, width: number, height: number): HTMLCanvasElement {
  const scale = Math.min(1, side / Math.max(width, height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(width * scale));
  canvas.height = Math.max(1, Math.round(height * scale));
  canvas.getContext('2d')?.drawImage(source, 0, 0, canvas.width, canvas.height);
  return canvas;
}
