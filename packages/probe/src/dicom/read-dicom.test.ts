import { deflateSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { probe } from '../probe.js';
import { countedSource, paddedSource } from '../testing/counted-source.js';
import { concat, type DicomElement, dicomBytes, latin1Bytes } from '../testing/dicom-bytes.js';
import { readDicom } from './read-dicom.js';

const IMPLICIT = '1.2.840.10008.1.2';
const EXPLICIT = '1.2.840.10008.1.2.1';
const BIG_ENDIAN = '1.2.840.10008.1.2.2';
const DEFLATED = '1.2.840.10008.1.2.1.99';

const short = (value: number, transferSyntax = EXPLICIT) =>
  transferSyntax === BIG_ENDIAN
    ? new Uint8Array([value >> 8, value & 255])
    : new Uint8Array([value & 255, value >> 8]);

/** An image of 4 x 3 pixels. */
function image(transferSyntax = EXPLICIT): DicomElement[] {
  return [
    ['00080005', 'CS', 'ISO_IR 100'],
    ['00080016', 'UI', '1.2.840.10008.5.1.4.1.1.2'],
    ['00080018', 'UI', '1.2.3.4'],
    ['00100010', 'PN', 'Doe^Jane'],
    ['00100020', 'LO', 'J\xfcrgen 7'],
    ['00180050', 'DS', '2.5'],
    ['0020000D', 'UI', '1.2.3'],
    ['0020000E', 'UI', '1.2.3.1'],
    ['00200013', 'IS', '12'],
    ['00200032', 'DS', '-1.5\\2e1\\0'],
    ['00280010', 'US', short(3, transferSyntax)],
    ['00280011', 'US', short(4, transferSyntax)],
    ['00281050', 'DS', ''],
    ['7FE00010', 'OW', new Uint8Array(24)],
  ];
}
const tags = {
  '00080018': { vr: 'UI', Value: ['1.2.3.4'] },
  '00100020': { vr: 'LO', Value: ['Jürgen 7'] },
  '00180050': { vr: 'DS', Value: [2.5] },
  '0020000D': { vr: 'UI', Value: ['1.2.3'] },
  '0020000E': { vr: 'UI', Value: ['1.2.3.1'] },
  '00200013': { vr: 'IS', Value: [12] },
  '00200032': { vr: 'DS', Value: [-1.5, 20, 0] },
  '00280010': { vr: 'US', Value: [3] },
  '00280011': { vr: 'US', Value: [4] },
  '00281050': { vr: 'DS' },
};

const read = async (bytes: Uint8Array) => (await readDicom(countedSource(bytes))).metadata.tags;

/** Orientation and position of two frames, as multi-frame images hold them. */
const frames: DicomElement[] = [
  ['00080018', 'UI', '1.2.3.4'],
  ['52009229', 'SQ', [[['00209116', 'SQ', [[['00200037', 'DS', '1\\0\\0\\0\\1\\0']]]]]]],
  [
    '52009230',
    'SQ',
    [1, 2].map((z): DicomElement[] => [['00209113', 'SQ', [[['00200032', 'DS', `0\\0\\${z}`]]]]]),
  ],
  ['7FE00010', 'OW', new Uint8Array(2)],
];
const position = (z: number) => ({
  '00209113': { vr: 'SQ', Value: [{ '00200032': { vr: 'DS', Value: [0, 0, z] } }] },
});

describe('readDicom', () => {
  test.each([IMPLICIT, EXPLICIT, BIG_ENDIAN, '1.2.840.10008.1.2.4.90'])(
    'reads transfer syntax %s',
    async (syntax) => {
      expect(await read(dicomBytes(image(syntax), { transferSyntax: syntax }))).toEqual(tags);
    },
  );

  test('reads a deflated data set', async () => {
    const pack = (dataSet: Uint8Array) => deflateSync(dataSet);
    expect(await read(dicomBytes(image(), { transferSyntax: DEFLATED, pack }))).toEqual(tags);
  });

  test.each([IMPLICIT, EXPLICIT, BIG_ENDIAN])(
    'reads %s without preamble or meta information',
    async (syntax) => {
      const options = { transferSyntax: syntax, hasPreamble: false };
      expect(await read(dicomBytes(image(syntax), options))).toEqual(tags);
      expect(await read(dicomBytes(image(syntax), { ...options, hasMeta: false }))).toEqual(tags);
    },
  );

  test.each([
    [IMPLICIT, false],
    [IMPLICIT, true],
    [EXPLICIT, false],
    [EXPLICIT, true],
    [BIG_ENDIAN, true],
  ])('reads the sequences of %s, of undefined length: %s', async (transferSyntax, isOpen) => {
    expect(await read(dicomBytes(frames, { transferSyntax, isOpen }))).toEqual({
      '00080018': { vr: 'UI', Value: ['1.2.3.4'] },
      '52009229': {
        vr: 'SQ',
        Value: [
          { '00209116': { vr: 'SQ', Value: [{ '00200037': { vr: 'DS', Value: [1, 0, 0, 0, 1, 0] } }] } },
        ],
      },
      '52009230': { vr: 'SQ', Value: [position(1), position(2)] },
    });
  });

  test.each([
    ['ISO_IR 192', [0xc3, 0xbc], 'ü'],
    ['ISO_IR 144', [0xb0], 'А'],
    ['GB18030', [0xcd, 0xf5], '王'],
    ['\\ISO 2022 IR 87', [0x1b, 0x24, 0x42, 0x3b, 0x33, 0x1b, 0x28, 0x42, 0x31], '山1'],
    ['\\ISO 2022 IR 149', [0x1b, 0x24, 0x29, 0x43, 0xb1, 0xe8], '김'],
    ['ISO 2022 IR 13\\ISO 2022 IR 87', [0xd4], 'ﾔ'],
  ])('decodes the character set %s', async (terms, bytes, text) => {
    const elements: DicomElement[] = [
      ['00080005', 'CS', terms],
      ['00100020', 'LO', Uint8Array.from(bytes.length % 2 === 0 ? bytes : [...bytes, 0x20])],
      ['7FE00010', 'OW', new Uint8Array(2)],
    ];
    expect(await read(dicomBytes(elements))).toEqual({ '00100020': { vr: 'LO', Value: [text] } });
  });

  test('reads 64 KiB of a large image', async () => {
    const bytes = dicomBytes(
      image()
        .slice(0, -1)
        .concat([['7FE00010', 'OW', new Uint8Array(0)]]),
    );
    new DataView(bytes.buffer).setUint32(bytes.length - 4, 100_000_000, true);
    const source = paddedSource(bytes, bytes.length + 100_000_000);
    expect((await readDicom(source)).metadata.tags).toEqual(tags);
    expect(source).toMatchObject({ reads: 1, bytesRead: 65_536 });
  });

  test('reads on to pixels that begin later', async () => {
    const elements = image().toSpliced(-4, 0, ['00210010', 'UN', new Uint8Array(300_000)]);
    const source = countedSource(concat([dicomBytes(elements), new Uint8Array(5_000_000)]));
    expect((await readDicom(source)).metadata.tags).toEqual(tags);
    expect(source.reads).toBe(2);
    expect(source.bytesRead).toBeLessThan(300_000 + 2 * 65_536);
  });

  test('reads an object without pixels whole', async () => {
    const elements: DicomElement[] = [...image().slice(0, -1), ['FFFCFFFC', 'OB', new Uint8Array(100_000)]];
    expect(await read(dicomBytes(elements))).toEqual(tags);
  });

  test('takes no set that ends before its pixels', async () => {
    const bytes = dicomBytes(image());
    const whole = bytes.length;
    await expect(read(bytes.subarray(0, whole - 1))).rejects.toMatchObject({ code: 'truncated' });
    await expect(read(bytes.subarray(0, whole - 60))).rejects.toMatchObject({ code: 'truncated' });
    await expect(read(bytes.subarray(0, 140))).rejects.toMatchObject({ code: 'truncated' });
  });

  test('refuses sequences nested without end', async () => {
    let nested: DicomElement = ['00209116', 'SQ', []];
    for (let depth = 0; depth < 100; depth++) nested = ['00209116', 'SQ', [[nested]]];
    for (const isOpen of [false, true])
      await expect(read(dicomBytes([nested], { isOpen }))).rejects.toMatchObject({ code: 'corrupt' });
  });

  test('is not taken for a TIFF because of the TIFF header in its preamble', async () => {
    const bytes = dicomBytes(image());
    bytes.set(latin1Bytes('II*\0\x08\0\0\0'));
    expect((await probe('dicom', countedSource(bytes))).tags).toEqual(tags);
  });

  test('names a DICOMDIR', async () => {
    await expect(read(dicomBytes([['00041220', 'SQ', [[]]]]))).rejects.toMatchObject({
      code: 'unsupported',
      message: expect.stringContaining('DICOMDIR'),
    });
  });

  test.each([
    ['an empty object', new Uint8Array(0), 'empty'],
    ['another file', latin1Bytes('%PDF-1.7 and more'), 'wrong_type'],
    [
      'a damaged deflated set',
      dicomBytes([], { transferSyntax: DEFLATED, pack: () => new Uint8Array(50).fill(0xff) }),
      'corrupt',
    ],
    [
      'a deflated set cut short',
      dicomBytes(image(), { transferSyntax: DEFLATED, pack: (set) => deflateSync(set).slice(0, 60) }),
      'truncated',
    ],
  ])('refuses %s', async (_, bytes, code) => {
    await expect(read(bytes)).rejects.toMatchObject({ name: 'ProbeError', code });
  });
});
