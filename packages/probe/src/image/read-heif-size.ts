import type { ByteSource } from '../byte-source.js';
import { type Box, innerBoxes, readContent, topBoxes } from '../iso-boxes.js';
import { ProbeError } from '../probe-error.js';
import type { ImageSize } from './image-size.js';

const maxMetaBytes = 4 * 2 ** 20;

/** AVIF and HEIC: the size of the primary item, with its crop and its rotation. */
export async function readHeifSize(source: ByteSource): Promise<ImageSize> {
  for await (const box of topBoxes(source)) {
    if (box.type !== 'meta') continue;
    const view = await readContent(source, box, maxMetaBytes);
    return sizeOf(view, propertiesOf(view));
  }
  throw new ProbeError('truncated', 'The image has no box "meta", which tells its size.');
}

function propertiesOf(view: DataView): Box[] {
  // Four bytes of version and flags come before the inner boxes.
  const boxes = innerBoxes(view, 4, view.byteLength);
  const item = boxes.find(({ type }) => type === 'pitm');
  const iprp = boxes.find(({ type }) => type === 'iprp');
  const inner = iprp ? innerBoxes(view, iprp.start, iprp.end) : [];
  const container = inner.find(({ type }) => type === 'ipco');
  if (!item || !container) throw new ProbeError('corrupt', 'The image does not tell its primary item.');
  const primary =
    view.getUint8(item.start) === 0 ? view.getUint16(item.start + 4) : view.getUint32(item.start + 4);
  const properties = innerBoxes(view, container.start, container.end);
  const numbers = inner
    .filter(({ type }) => type === 'ipma')
    .flatMap((box) => associationsOf(view, box, primary));
  return numbers.flatMap((number) => properties[number - 1] ?? []);
}

/** The numbers, from 1 on, of the properties of an item. */
function associationsOf(view: DataView, { start }: Box, item: number): number[] {
  const version = view.getUint8(start);
  const wide = (view.getUint8(start + 3) & 1) === 1;
  const count = view.getUint32(start + 4);
  let at = start + 8;
  for (let entry = 0; entry < count; entry += 1) {
    const id = version < 1 ? view.getUint16(at) : view.getUint32(at);
    at += version < 1 ? 2 : 4;
    const length = view.getUint8(at);
    at += 1;
    if (id === item)
      return Array.from({ length }, (_, i) =>
        wide ? view.getUint16(at + i * 2) & 0x7fff : view.getUint8(at + i) & 0x7f,
      );
    at += length * (wide ? 2 : 1);
  }
  return [];
}

function sizeOf(view: DataView, properties: readonly Box[]): ImageSize {
  const find = (type: string) => properties.find((box) => box.type === type);
  const extent = find('ispe');
  if (!extent) throw new ProbeError('corrupt', 'The primary item of the image has no size.');
  const crop = find('clap');
  const fraction = (at: number) => Math.round(view.getUint32(at) / view.getUint32(at + 4));
  const rotation = find('irot');
  const turns = rotation ? view.getUint8(rotation.start) & 3 : 0;
  return {
    width: crop ? fraction(crop.start) : view.getUint32(extent.start + 4),
    height: crop ? fraction(crop.start + 8) : view.getUint32(extent.start + 8),
    // Anticlockwise quarter turns, as the EXIF orientations that do the same.
    orientation: [1, 8, 3, 6][turns] ?? 1,
  };
}
