import { cache, imageLoader, RenderingEngine, init as startCore, type Types } from '@cornerstonejs/core';
import { init as startLoader } from '@cornerstonejs/dicom-image-loader';
import { Enums, utilities } from '@cornerstonejs/metadata';
import { UnreadableFile } from '../../failure/unreadable-file.js';
import { hasWebGl2 } from '../webgl.js';
import type { DicomFile } from './dicom-file.js';

let isStarted = false;

/**
 * Decoders run in workers of this origin; one WebGL context draws all panes, since browsers allow few of them. Without
 * WebGL 2 the processor draws slices; planes through a volume it cannot.
 */
function startCornerstone(): void {
  if (isStarted) return;
  isStarted = true;
  startCore({ rendering: { webGlContextCount: 1, useCPURendering: !hasWebGl2() }, debug: {} });
  startLoader({ maxWebWorkers: Math.max(1, Math.min(navigator.hardwareConcurrency - 1, 4)) });
}

export function newEngine(): RenderingEngine {
  startCornerstone();
  return new RenderingEngine(crypto.randomUUID());
}

let lastFile = 0;
/** A name for a file that is to be loaded. */
export function newImageId(): string {
  lastFile += 1;
  return `dicomfile:${lastFile}`;
}

/**
 * Makes the frames of a file known to the renderer, which never loads anything itself.
 *
 * @throws {UnreadableFile}
 */
export async function addFile(imageId: string, file: DicomFile): Promise<string[]> {
  await utilities.addDicomPart10Instance(imageId, file.bytes).catch((error: unknown) => {
    throw new UnreadableFile('The file is damaged: its data set cannot be read.', { cause: error });
  });
  if (file.frameCount === 1) return [imageId];
  return Array.from({ length: file.frameCount }, (_, index) => `${imageId}?frame=${index + 1}`);
}

/** @throws {UnreadableFile} */
export async function decode(imageId: string): Promise<Types.IImage> {
  try {
    return await imageLoader.loadAndCacheImage(imageId);
  } catch (given) {
    // The loader rejects with an error, or with an object that holds one.
    const error = given instanceof Error ? given : (given as { error?: unknown } | null)?.error;
    const said = error instanceof Error && error.message ? `: ${error.message}` : '';
    throw new UnreadableFile(`The pixels of the file cannot be decoded; they are damaged${said}.`, {
      cause: given,
    });
  }
}

/** Gives the memory of the frames back. */
export function removeImages(imageIds: readonly string[]): void {
  for (const imageId of imageIds) {
    if (cache.getImageLoadObject(imageId)) cache.removeImageLoadObject(imageId, { force: true });
    utilities.clearTypedCacheData(Enums.MetadataModules.NATURALIZED, imageId);
  }
}
