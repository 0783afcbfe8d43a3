import { readdirSync, readFileSync } from 'node:fs';
import { extname } from 'node:path';
import type { ProbeKind } from '../src/probe-kind.js';

const directory = new URL('./media/', import.meta.url);
const kinds: Readonly<Record<string, ProbeKind>> = {
  '.gif': 'image',
  '.bmp': 'image',
  '.jpg': 'image',
  '.avif': 'image',
  '.png': 'image',
  '.webp': 'image',
  '.tiff': 'image',
  '.mkv': 'video',
  '.mov': 'video',
  '.mp4': 'video',
  '.webm': 'video',
};

/** Small files, made with ffmpeg and ImageMagick. */
export const mediaFiles: readonly string[] = readdirSync(directory).sort();

export function readMedia(name: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(name, directory)));
}

export function kindOf(name: string): ProbeKind {
  return kinds[extname(name)] ?? 'audio';
}
