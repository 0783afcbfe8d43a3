import type { ByteSource } from '../byte-source.js';
import { ProbeError } from '../probe-error.js';
import type { Measured } from '../reader.js';
import { sniffSource } from '../sniff/sniff.js';
import { wrongType } from '../wrong-type.js';
import { displayedSize, type ImageSize } from './image-size.js';
import { readHeifSize } from './read-heif-size.js';
import { readJpegSize } from './read-jpeg-size.js';
import { readBmpSize, readGifSize, readPngSize, readWebpSize } from './read-simple-sizes.js';
import { readTiffSize } from './read-tiff-size.js';

const sizeReaders: Readonly<Record<string, (source: ByteSource) => Promise<ImageSize>>> = {
  'image/jpeg': readJpegSize,
  'image/png': readPngSize,
  'image/gif': readGifSize,
  'image/webp': readWebpSize,
  'image/bmp': readBmpSize,
  'image/tiff': readTiffSize,
  'image/avif': readHeifSize,
  'image/heic': readHeifSize,
  'image/heif': readHeifSize,
};

/** Width and height are those that a browser shows: an image that its orientation lays on its side has them swapped. */
export async function readImage(source: ByteSource): Promise<Measured<'image'>> {
  const fileSize = await source.size();
  const found = await sniffSource(source);
  if (!found) throw wrongType('image', found);
  const read = sizeReaders[found.mimeType];
  if (!read) {
    const hint = found.mimeType === 'image/svg+xml' ? ', as it has no size in pixels of its own' : '';
    throw new ProbeError(
      'unsupported',
      `The object is ${found.name}, which is not measured${hint}. Measured are JPEG, PNG, GIF, WebP, AVIF, HEIC, BMP and TIFF.`,
    );
  }
  const stored = await read(source);
  const { width, height } = displayedSize(stored);
  return {
    metadata: { mimeType: found.mimeType, fileSize, width, height },
    facts: { orientation: stored.orientation ?? 1 },
  };
}
