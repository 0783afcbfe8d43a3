/** Bytes of a data set and how they are encoded (PS3.5 section 7.1). */
export interface EncodedBytes {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  /** Each element names its value representation. */
  readonly isExplicit: boolean;
  readonly isLittleEndian: boolean;
}

export function encodedBytes(
  bytes: Uint8Array,
  encoding: { isExplicit: boolean; isLittleEndian: boolean },
): EncodedBytes {
  return { bytes, view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), ...encoding };
}

/** The data set goes on behind the bytes that are there. */
export class BytesMissing extends Error {
  override readonly name = 'BytesMissing';
  readonly needed: number;

  constructor(needed: number) {
    super(`The data set goes on to byte ${needed} at least.`);
    this.needed = needed;
  }
}

export function mustReach({ bytes }: EncodedBytes, end: number): void {
  if (end > bytes.length) throw new BytesMissing(end);
}
