import type { MediaFamily } from '@latchkey/doctor/content-type';
import type { LoadCheck } from './load-check.js';

const timeout = 15_000;

/** Lets an element of the page load the object, as the viewer of its type does: always in CORS mode. */
export async function checkByElement(url: string, family: MediaFamily | null): Promise<LoadCheck> {
  const element = elementFor(family);
  if (!element)
    return { load: 'element', passed: null, detail: 'The viewer of this type fetches the object instead.' };
  const passed = await loads(element, url);
  const detail = passed
    ? `The browser opened it as ${family}.`
    : `The browser could not open it as ${family}.`;
  return { load: 'element', passed, detail };
}

function elementFor(family: MediaFamily | null): HTMLImageElement | HTMLMediaElement | null {
  if (family === 'image') return new Image();
  if (family === 'video' || family === 'audio') return document.createElement(family);
  return null;
}

function loads(element: HTMLImageElement | HTMLMediaElement, url: string): Promise<boolean> {
  return new Promise((resolve) => {
    const end = (shows: boolean) => {
      clearTimeout(timer);
      element.removeAttribute('src');
      if (element instanceof HTMLMediaElement) element.load();
      resolve(shows);
    };
    const timer = setTimeout(() => end(false), timeout);
    element.addEventListener('loadedmetadata', () => end(true), { once: true });
    element.addEventListener('load', () => end(true), { once: true });
    element.addEventListener('error', () => end(false), { once: true });
    element.crossOrigin = 'anonymous';
    if (element instanceof HTMLMediaElement) element.preload = 'metadata';
    else element.referrerPolicy = 'no-referrer';
    element.src = url;
  });
}
