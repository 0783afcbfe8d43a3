import { describe, expect, it } from 'vitest';
import { lasFile, records } from './file-fixtures.js';
import { readLas } from './read-las.js';

/** Where class and colour lie, by point format. */
const layouts = [
  { minor: 0, format: 0, recordLength: 20, classAt: 15, colourAt: null },
  { minor: 1, format: 1, recordLength: 28, classAt: 15, colourAt: null },
  { minor: 2, format: 2, recordLength: 26, classAt: 15, colourAt: 20 },
  { minor: 2, format: 3, recordLength: 40, classAt: 15, colourAt: 28 },
  { minor: 3, format: 5, recordLength: 63, classAt: 15, colourAt: 28 },
  { minor: 4, format: 6, recordLength: 30, classAt: 16, colourAt: null },
  { minor: 4, format: 7, recordLength: 36, classAt: 16, colourAt: 30 },
] as const;

function fileOf({ minor, format, recordLength, classAt, colourAt }: (typeof layouts)[number]) {
  const points = records(3, recordLength, (view, at, index) => {
    view.setInt32(at, 100 * index, true);
    view.setInt32(at + 4, -100 * index, true);
    view.setInt32(at + 8, index, true);
    view.setUint16(at + 12, 1000 + index, true);
    view.setUint8(at + 14, index);
    view.setUint8(at + classAt, 6);
    if (colourAt !== null) view.setUint16(at + colourAt + 2, 40_000, true);
  });
  return lasFile({ minor, format, recordLength, points, count: 3 });
}

describe('the LAS reader', () => {
  it.each(layouts)('reads LAS 1.$minor with point format $format', (layout) => {
    const { columns, ...facts } = readLas(fileOf(layout));
    expect(facts).toEqual({
      format: `LAS 1.${layout.minor}, point format ${layout.format}`,
      count: 3,
      total: 3,
    });
    const row = Object.fromEntries([...columns].map(([name, column]) => [name, column(2)]));
    expect(row).toEqual({
      x: 500_002,
      y: 4_999_998,
      z: 100.02,
      intensity: 1002,
      classification: 6,
      'return number': 2,
      ...(layout.colourAt !== null && { red: 0, green: 40_000, blue: 0 }),
    });
  });

  it('keeps the flags of old formats out of the class', () => {
    const [layout] = layouts;
    const file = fileOf(layout);
    const at = file.length - layout.recordLength + layout.classAt;
    file[at] = 0xa0 | 6;
    expect(readLas(file).columns.get('classification')?.(2)).toBe(6);
  });

  it('refuses a file that ends before its points do, and says how much is missing', () => {
    expect(() => readLas(fileOf(layouts[2]).slice(0, -1))).toThrow(
      /promises 3 points, which end at byte 305; the file ends at byte 304/,
    );
  });

  it.each([
    [
      'a short header',
      (file: Uint8Array) => file.slice(0, 100),
      /has 227 bytes or more.*ends within its header, at byte 100/,
    ],
    [
      'another version',
      (file: Uint8Array) => {
        file[25] = 7;
        return file;
      },
      /The file is LAS 1\.7; known are LAS 1\.0 to 1\.4/,
    ],
    [
      'records that are too short',
      (file: Uint8Array) => {
        file[105] = 4;
        return file;
      },
      /have 26 bytes or more; the header says 4/,
    ],
  ])('refuses %s', (_what, damage, message) => {
    expect(() => readLas(damage(fileOf(layouts[2])))).toThrow(message);
  });
});
