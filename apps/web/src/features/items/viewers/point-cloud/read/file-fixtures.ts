/** Small files of known points for the tests of the readers. */

const encoder = new TextEncoder();

export function bytesOf(...parts: readonly (string | Uint8Array)[]): Uint8Array<ArrayBuffer> {
  const all = parts.map((part) => (typeof part === 'string' ? encoder.encode(part) : part));
  const bytes = new Uint8Array(all.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of all) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** `write` fills the record at its offset. */
export function records(
  count: number,
  length: number,
  write: (view: DataView, at: number, index: number) => void,
): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(count * length);
  const view = new DataView(bytes.buffer);
  for (let index = 0; index < count; index += 1) write(view, index * length, index);
  return bytes;
}

export interface LasFixture {
  readonly minor: number;
  readonly format: number;
  readonly recordLength: number;
  readonly points: Uint8Array;
  readonly count: number;
}

export const lasScale = 0.01;
export const lasOffset = [500_000, 5_000_000, 100] as const;

/** A LAS file with the header of its version and nothing between it and the points. */
export function lasFile({ minor, format, recordLength, points, count }: LasFixture): Uint8Array<ArrayBuffer> {
  const header = new Uint8Array(minor < 3 ? 227 : minor === 3 ? 235 : 375);
  const view = new DataView(header.buffer);
  header.set(encoder.encode('LASF'));
  view.setUint8(24, 1);
  view.setUint8(25, minor);
  view.setUint16(94, header.length, true);
  view.setUint32(96, header.length, true);
  view.setUint8(104, format);
  view.setUint16(105, recordLength, true);
  if (minor < 4) view.setUint32(107, count, true);
  else view.setBigUint64(247, BigInt(count), true);
  for (const axis of [0, 1, 2]) {
    view.setFloat64(131 + axis * 8, lasScale, true);
    view.setFloat64(155 + axis * 8, lasOffset[axis] ?? 0, true);
  }
  return bytesOf(header, points);
}
