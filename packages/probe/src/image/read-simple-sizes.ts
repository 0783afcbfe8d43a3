import type { ByteSource } from '../byte-source.js';
import { ProbeError } from '../probe-error.js';
import { readExactly, readName } from '../read-exactly.js';
import type { ImageSize } from './image-size.js';

/** Formats whose size stands at a fixed place of the first bytes. */
export async function readPngSize(source: ByteSource): Promise<ImageSize> {
  const view = await readExactly(source, 0, 24);
  if (readName(view, 12) !== 'IHDR')
    throw new ProbeError('corrupt', 'The PNG image does not begin with its header.');
  return { width: view.getUint32(16), height: view.getUint32(20) };
}

export async function readGifSize(source: ByteSource): Promise<ImageSize> {
  const view = await readExactly(source, 6, 4);
  return { width: view.getUint16(0, true), height: view.getUint16(2, true) };
}

export async function readBmpSize(source: ByteSource): Promise<ImageSize> {
  const view = await readExactly(source, 14, 12);
  // The header of OS/2 has 12 bytes and numbers of 16 bits. A negative height: rows from the top down.
  return view.getUint32(0, true) === 12
    ? { width: view.getUint16(4, true), height: view.getUint16(6, true) }
    : { width: view.getInt32(4, true), height: Math.abs(view.getInt32(8, true)) };
}

export async function readWebpSize(source: ByteSource): Promise<ImageSize> {
  const view = await readExactly(source, 0, 30);
  const promised = view.getUint32(4, true) + 8;
  const size = await source.size();
  if (promised > size)
    throw new ProbeError(
      'truncated',
      `The WebP image says that it has ${promised} bytes; there are ${size}.`,
    );
  const chunk = readName(view, 12);
  if (chunk === 'VP8X') return { width: 1 + uint24(view, 24), height: 1 + uint24(view, 27) };
  if (chunk === 'VP8L' && view.getUint8(20) === 0x2f) {
    const bits = view.getUint32(21, true);
    return { width: 1 + (bits & 0x3fff), height: 1 + ((bits >> 14) & 0x3fff) };
  }
  if (chunk === 'VP8 ' && uint24(view, 23) === 0x2a019d)
    return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
  throw new ProbeError('corrupt', 'The WebP image has no frame header.');
}

function uint24(view: DataView, at: number): number {
  return view.getUint16(at, true) | (view.getUint8(at + 2) << 16);
}
