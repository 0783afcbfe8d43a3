export interface LasOptions {
  readonly minor: number;
  readonly points: number;
  readonly isCompressed?: boolean;
  /** Without the points that the header says. */
  readonly isHeaderOnly?: boolean;
}

const recordLength = 20;

/** A LAS file of point format 0. */
export function lasBytes({
  minor,
  points,
  isCompressed = false,
  isHeaderOnly = false,
}: LasOptions): Uint8Array {
  const headerLength = minor >= 4 ? 375 : 227;
  const bytes = new Uint8Array(headerLength + (isHeaderOnly ? 0 : points * recordLength));
  const view = new DataView(bytes.buffer);
  bytes.set(new TextEncoder().encode('LASF'));
  bytes.set([1, minor], 24);
  view.setUint16(94, headerLength, true);
  view.setUint32(96, headerLength, true);
  bytes[104] = isCompressed ? 0x80 : 0;
  view.setUint16(105, recordLength, true);
  view.setUint32(107, points > 0xffffffff ? 0 : points, true);
  if (minor >= 4) view.setBigUint64(247, BigInt(points), true);
  return bytes;
}
