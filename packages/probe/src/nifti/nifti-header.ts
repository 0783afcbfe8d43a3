import { ProbeError } from '../probe-error.js';

export interface NiftiHeader {
  readonly version: 1 | 2;
  /** The image data are in a file of their own (`.img`). */
  readonly isPair: boolean;
  /** Three of space, one of time, three of anything else; 1 where the image has none. */
  readonly dims: readonly number[];
  readonly bitsPerVoxel: number;
  /** Where the image data begin. */
  readonly dataOffset: number;
}

/** The longer one of the two headers. */
export const NIFTI_HEADER_BYTES = 540;

const MAX_SIDE = 2 ** 31 - 1;

/** Null if the bytes are no NIfTI header. Throws `corrupt` if they are one that can't be true. */
export function parseNiftiHeader(bytes: Uint8Array): NiftiHeader | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (const littleEndian of [true, false]) {
    const length = bytes.length >= 4 ? view.getInt32(0, littleEndian) : 0;
    if (length === 348 && bytes.length >= 348) return parseFirst(view, littleEndian);
    if (length === 540 && bytes.length >= 540) return parseSecond(view, littleEndian);
  }
  return null;
}

function parseFirst(view: DataView, littleEndian: boolean): NiftiHeader {
  const magic = readMagic(view, 344);
  if (magic !== 'n+1' && magic !== 'ni1')
    throw new ProbeError(
      'unsupported',
      'Expected a NIfTI image; found an Analyze 7.5 header, which has no NIfTI magic. Convert it to .nii or .nii.gz.',
    );
  return {
    version: 1,
    isPair: magic === 'ni1',
    dims: checkDims(Array.from({ length: 8 }, (_, index) => view.getInt16(40 + 2 * index, littleEndian))),
    bitsPerVoxel: view.getInt16(72, littleEndian),
    dataOffset: view.getFloat32(108, littleEndian),
  };
}

function parseSecond(view: DataView, littleEndian: boolean): NiftiHeader | null {
  const magic = readMagic(view, 4);
  if (magic !== 'n+2' && magic !== 'ni2') return null;
  const readLong = (at: number) => Number(view.getBigInt64(at, littleEndian));
  return {
    version: 2,
    isPair: magic === 'ni2',
    dims: checkDims(Array.from({ length: 8 }, (_, index) => readLong(16 + 8 * index))),
    bitsPerVoxel: view.getInt16(14, littleEndian),
    dataOffset: readLong(168),
  };
}

function readMagic(view: DataView, at: number): string {
  return String.fromCharCode(view.getUint8(at), view.getUint8(at + 1), view.getUint8(at + 2));
}

/** `dim[0]` is the number of dimensions that follow; the others are to be ignored. */
function checkDims([count = 0, ...sides]: readonly number[]): readonly number[] {
  if (count < 1 || count > 7)
    throw new ProbeError('corrupt', `The NIfTI header says ${count} dimensions; 1 to 7 are possible.`);
  const dims = sides.map((side, index) => (index < count ? side : 1));
  const wrong = dims.find((side) => side < 1 || side > MAX_SIDE);
  if (wrong !== undefined)
    throw new ProbeError('corrupt', `The NIfTI header says a dimension of ${wrong} voxels.`);
  return dims;
}
