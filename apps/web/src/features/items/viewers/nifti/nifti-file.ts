import { formatBytes } from '../../../../lib/format.js';
import { UnreadableFile } from '../../failure/unreadable-file.js';

export interface NiftiFile {
  /** Unpacked. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Voxels along the axes of the file. */
  readonly size: readonly [number, number, number];
  readonly volumeCount: number;
}

interface Header {
  readonly dimensions: readonly number[];
  readonly datatype: number;
  readonly bitsPerVoxel: number;
  readonly dataOffset: number;
}

/** Codes of NIfTI's datatype field that the renderer draws. */
const readableTypes: ReadonlySet<number> = new Set([2, 4, 8, 16, 64, 128, 256, 512, 768, 2304]);
const typeNames: Readonly<Record<number, string>> = {
  1: 'single bits',
  32: 'complex numbers',
  1024: '64-bit integers',
  1280: 'unsigned 64-bit integers',
  1536: '128-bit floating point',
  1792: 'complex numbers',
  2048: 'complex numbers',
};

/**
 * Unpacks a NIfTI file, and compares what its header promises with what is there.
 *
 * @throws {UnreadableFile}
 */
export async function readNiftiFile(given: Uint8Array<ArrayBuffer>): Promise<NiftiFile> {
  const bytes = isGzip(given) ? await unpacked(given) : given;
  const { dimensions, datatype, bitsPerVoxel, dataOffset } = readHeader(bytes);
  const [width = 1, height = 1, depth = 1, ...others] = dimensions;
  if (!readableTypes.has(datatype))
    throw new UnreadableFile(
      `The voxels of the file are ${typeNames[datatype] ?? `of the unknown data type ${datatype}`}, which this viewer cannot draw.`,
    );
  const volumeCount = others.reduce((product, count) => product * Math.max(count, 1), 1);
  const wanted = dataOffset + Math.ceil((width * height * depth * volumeCount * bitsPerVoxel) / 8);
  if (bytes.length < wanted)
    throw new UnreadableFile(
      `The file is cut off: its header promises ${formatBytes(wanted)}, and ${formatBytes(bytes.length)} are there.`,
    );
  return { bytes, size: [width, height, depth], volumeCount };
}

const isGzip = (bytes: Uint8Array) => bytes[0] === 0x1f && bytes[1] === 0x8b;

async function unpacked(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  try {
    return new Uint8Array(await new Response(stream).arrayBuffer());
  } catch (error) {
    throw new UnreadableFile('The file does not unpack: its gzip data is cut off or damaged.', {
      cause: error,
    });
  }
}

/** NIfTI-1 (348 bytes) and NIfTI-2 (540 bytes), of either byte order. */
function readHeader(bytes: Uint8Array): Header {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 348)
    throw new UnreadableFile(
      bytes.length === 0
        ? 'The file is empty.'
        : `The file is cut off: it ends within its header, after ${bytes.length} bytes.`,
    );
  for (const isLittle of [true, false]) {
    const headerSize = view.getInt32(0, isLittle);
    if (headerSize === 348) return checked(firstVersion(view, isLittle), textAt(bytes, 344));
    if (headerSize === 540 && bytes.length >= 540)
      return checked(secondVersion(view, isLittle), textAt(bytes, 4));
  }
  throw new UnreadableFile('This is not a NIfTI file: it does not begin with the size of a NIfTI header.');
}

const textAt = (bytes: Uint8Array, offset: number) =>
  String.fromCharCode(...bytes.subarray(offset, offset + 3));

function checked(header: Header, magic: string): Header {
  if (magic === 'ni1' || magic === 'ni2')
    throw new UnreadableFile(
      'This is the header of a NIfTI pair: its voxels lie in a second file (.img). Register one file (.nii or .nii.gz) that holds both.',
    );
  const [count = 0] = header.dimensions;
  const isSound = header.dimensions.slice(0, 3).every((size) => size >= 1 && size <= 32_767);
  if (count < 1 || !isSound)
    throw new UnreadableFile('The header of the file is damaged: it gives no size of the volume.');
  return header;
}

function firstVersion(view: DataView, isLittle: boolean): Header {
  const count = Math.min(Math.max(view.getInt16(40, isLittle), 0), 7);
  return {
    dimensions: padded(Array.from({ length: count }, (_, axis) => view.getInt16(42 + axis * 2, isLittle))),
    datatype: view.getInt16(70, isLittle),
    bitsPerVoxel: view.getInt16(72, isLittle),
    dataOffset: view.getFloat32(108, isLittle),
  };
}

function secondVersion(view: DataView, isLittle: boolean): Header {
  const long = (offset: number) => Number(view.getBigInt64(offset, isLittle));
  const count = Math.min(Math.max(long(16), 0), 7);
  return {
    dimensions: padded(Array.from({ length: count }, (_, axis) => long(24 + axis * 8))),
    datatype: view.getInt16(12, isLittle),
    bitsPerVoxel: view.getInt16(14, isLittle),
    dataOffset: long(168),
  };
}

/** A single slice has a depth of one. */
const padded = (dimensions: readonly number[]): number[] =>
  dimensions.length === 0 ? [] : [...dimensions, ...[1, 1, 1].slice(dimensions.length)];
