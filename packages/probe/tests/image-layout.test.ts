import { describe, expect, it } from 'vitest';
import { bytesSource } from '../src/blob-source.js';
import { measure } from '../src/probe.js';
import { readMedia } from './media-files.js';

const segment = (marker: number, content: Uint8Array) =>
  Buffer.concat([
    Buffer.from([0xff, marker, (content.length + 2) >> 8, (content.length + 2) & 255]),
    content,
  ]);
const exif = (orientation: number, order: 'II' | 'MM') => {
  const tiff = Buffer.alloc(26);
  const little = order === 'II';
  const u16 = (value: number, at: number) =>
    little ? tiff.writeUInt16LE(value, at) : tiff.writeUInt16BE(value, at);
  const u32 = (value: number, at: number) =>
    little ? tiff.writeUInt32LE(value, at) : tiff.writeUInt32BE(value, at);
  tiff.write(order, 0, 'latin1');
  u16(42, 2);
  u32(8, 4);
  u16(1, 8);
  u16(0x0112, 10);
  u16(3, 12);
  u32(1, 14);
  u16(orientation, 18);
  return segment(0xe1, Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff]));
};
const jpegWith = (...segments: Uint8Array[]) => {
  const jpeg = readMedia('photo.jpg');
  return new Uint8Array(Buffer.concat([jpeg.subarray(0, 2), ...segments, jpeg.subarray(2)]));
};
const counted = (bytes: Uint8Array) => {
  const reads: number[] = [];
  const source = bytesSource(bytes);
  return {
    reads,
    size: source.size,
    read: (start: number, length: number) => {
      reads.push(length);
      return source.read(start, length);
    },
  };
};

describe('the size of a JPEG image', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])('is the one shown with orientation %i', async (orientation) => {
    const { metadata, facts } = await measure('image', bytesSource(jpegWith(exif(orientation, 'MM'))));
    const onItsSide = orientation >= 5;
    expect([metadata.width, metadata.height]).toEqual(onItsSide ? [37, 61] : [61, 37]);
    expect(facts).toEqual({ orientation });
  });

  it('is found with little-endian EXIF, and behind XMP and megabytes of profiles', async () => {
    const profile = segment(0xe2, new Uint8Array(65_533));
    const xmp = segment(0xe1, Buffer.from('http://ns.adobe.com/xap/1.0/\0<x/>'));
    const source = counted(jpegWith(xmp, exif(6, 'II'), ...new Array<Buffer>(30).fill(profile)));
    expect((await measure('image', source)).metadata).toMatchObject({ width: 37, height: 61 });
    expect(source.reads.reduce((sum, length) => sum + length)).toBeLessThan(10_000);
  });

  it('is found where the EXIF is damaged', async () => {
    const damaged = segment(0xe1, Buffer.from('Exif\0\0MM\0*\xff\xff\xff\xff....', 'latin1'));
    expect((await measure('image', bytesSource(jpegWith(damaged)))).metadata).toMatchObject({ width: 61 });
  });
});

describe('the size of a TIFF image', () => {
  const tiff = (big: boolean, gap: number) => {
    const bytes = Buffer.alloc(16 + gap + 200);
    const at = 16 + gap;
    bytes.write('MM', 0, 'latin1');
    bytes.writeUInt16BE(big ? 43 : 42, 2);
    if (big) {
      bytes.writeUInt16BE(8, 4);
      bytes.writeBigUInt64BE(BigInt(at), 8);
      bytes.writeBigUInt64BE(2n, at);
    } else {
      bytes.writeUInt32BE(at, 4);
      bytes.writeUInt16BE(2, at);
    }
    [
      [256, 7000],
      [257, 5000],
    ].forEach(([tag = 0, value = 0], index) => {
      const entry = at + (big ? 8 + index * 20 : 2 + index * 12);
      bytes.writeUInt16BE(tag, entry);
      bytes.writeUInt16BE(big ? 16 : 4, entry + 2);
      if (big) bytes.writeBigUInt64BE(BigInt(value), entry + 12);
      else bytes.writeUInt32BE(value, entry + 8);
    });
    return new Uint8Array(bytes);
  };

  it.each([
    ['TIFF', false],
    ['BigTIFF', true],
  ])('is found at the end of a %s by one jump', async (_what, big) => {
    const source = counted(tiff(big, 1_000_000));
    expect((await measure('image', source)).metadata).toMatchObject({ width: 7000, height: 5000 });
    expect(source.reads.reduce((sum, length) => sum + length)).toBeLessThan(10_000);
  });
});
