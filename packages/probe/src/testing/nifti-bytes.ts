export interface NiftiOptions {
  readonly version?: 1 | 2;
  readonly littleEndian?: boolean;
  /** `dim[1]` and on. */
  readonly dims: readonly number[];
  /** The image data are said to be in another file. */
  readonly isPair?: boolean;
}

const typeInt16 = 4;

/** A NIfTI file of 16-bit voxels, all zero. */
export function niftiBytes({
  version = 1,
  littleEndian = true,
  dims,
  isPair = false,
}: NiftiOptions): Uint8Array {
  const voxelBytes = isPair ? 0 : 2 * dims.reduce((product, side) => product * side, 1);
  const offset = version === 1 ? 352 : 544;
  const bytes = new Uint8Array(offset + voxelBytes);
  const view = new DataView(bytes.buffer);
  const sides = [dims.length, ...dims, ...Array<number>(7 - dims.length).fill(1)];
  const letters = `${isPair ? 'ni' : 'n+'}${version}`;
  const magic = version === 1 ? `${letters}\0` : `${letters}\0\r\n\x1a\n`;
  view.setInt32(0, version === 1 ? 348 : 540, littleEndian);
  if (version === 1) {
    for (const [index, side] of sides.entries()) view.setInt16(40 + 2 * index, side, littleEndian);
    view.setInt16(70, typeInt16, littleEndian);
    view.setInt16(72, 16, littleEndian);
    view.setFloat32(108, offset, littleEndian);
  } else {
    for (const [index, side] of sides.entries()) view.setBigInt64(16 + 8 * index, BigInt(side), littleEndian);
    view.setInt16(12, typeInt16, littleEndian);
    view.setInt16(14, 16, littleEndian);
    view.setBigInt64(168, BigInt(offset), littleEndian);
  }
  bytes.set(new TextEncoder().encode(magic), version === 1 ? 344 : 4);
  return bytes;
}
