import type { ByteSource } from '../byte-source.js';
import { ProbeError } from '../probe-error.js';
import type { ImageSize } from './image-size.js';
import { readTiffDirectory } from './tiff-directory.js';

const tags = { width: 256, height: 257, orientation: 274 };

/** The first image of the file, wherever its directory lies. */
export async function readTiffSize(source: ByteSource): Promise<ImageSize> {
  const found = await readTiffDirectory(source, 0, Object.values(tags));
  const width = found.get(tags.width);
  const height = found.get(tags.height);
  if (width === undefined || height === undefined)
    throw new ProbeError('corrupt', 'The first directory of the TIFF file has no width or no height.');
  return { width, height, orientation: found.get(tags.orientation) ?? 1 };
}
