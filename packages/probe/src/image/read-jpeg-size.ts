import type { ByteSource } from '../byte-source.js';
import { ProbeError } from '../probe-error.js';
import { readExactly, readName } from '../read-exactly.js';
import type { ImageSize } from './image-size.js';
import { readTiffDirectory } from './tiff-directory.js';

// Far more than any camera writes; profiles and previews of some MB are split into segments of 64 KiB.
const maxSegments = 2000;
/** Markers may be padded by any number of FF; few writers use one. */
const maxPadding = 4096;
const exifHeaderBytes = 6;

/** From marker to marker up to the frame header, past previews and profiles of any size. */
export async function readJpegSize(source: ByteSource): Promise<ImageSize> {
  let at = 2;
  let orientation: number | null = null;
  for (let count = 0; count < maxSegments; count += 1) {
    const { marker, start, length } = await readSegment(source, at);
    if (isFrameHeader(marker)) {
      const view = await readExactly(source, start, 5);
      const height = view.getUint16(1);
      if (height === 0)
        throw new ProbeError('unsupported', 'The JPEG image tells its height only behind its pixels (DNL).');
      return { width: view.getUint16(3), height, orientation: orientation ?? 1 };
    }
    if (marker === 0xda || marker === 0xd9)
      throw new ProbeError('corrupt', 'The JPEG image has no frame header before its pixels.');
    if (marker === 0xe1 && orientation === null) orientation = await readOrientation(source, start, length);
    at = start + length;
  }
  throw new ProbeError('corrupt', `The JPEG image has no frame header within ${maxSegments} segments.`);
}

async function readSegment(source: ByteSource, from: number) {
  let at = from;
  let view = await readExactly(source, at, 4);
  while (view.getUint16(0) === 0xffff && at - from < maxPadding) view = await readExactly(source, ++at, 4);
  const marker = view.getUint8(1);
  const length = view.getUint16(2);
  if (view.getUint8(0) !== 0xff || marker === 0 || marker === 0xff || length < 2)
    throw new ProbeError('corrupt', `The JPEG image has no marker at byte ${at}.`);
  return { marker, start: at + 4, length: length - 2 };
}

/** SOF0 to SOF15, without DHT, JPG and DAC, which stand among them. */
function isFrameHeader(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

/** Null: the segment is no EXIF (it may be XMP), or its orientation can't be read; a browser shows the image then too. */
async function readOrientation(source: ByteSource, start: number, length: number): Promise<number | null> {
  if (length < exifHeaderBytes + 8) return null;
  const view = await readExactly(source, start, exifHeaderBytes);
  if (readName(view, 0) !== 'Exif') return null;
  try {
    const tags = await readTiffDirectory(source, start + exifHeaderBytes, [0x0112]);
    return tags.get(0x0112) ?? 1;
  } catch (error) {
    if (error instanceof ProbeError && (error.code === 'corrupt' || error.code === 'truncated')) return 1;
    throw error;
  }
}
