import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { UnreadableFile } from '../../failure/unreadable-file.js';
import { readDicomFile } from './dicom-file.js';

const fixture = (name: string) =>
  new Uint8Array(
    readFileSync(new URL(`../../../../../../../tests/acceptance/browser/fixtures/${name}`, import.meta.url)),
  );

const reasonOf = async (bytes: Uint8Array<ArrayBuffer>) => {
  const error = await readDicomFile(bytes).then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(UnreadableFile);
  return (error as UnreadableFile).message;
};

test.each(['plain', 'rle', 'jpeg-ls', 'jpeg-2000', 'big-endian', 'deflated', 'no-preamble'])(
  'reads the data set of the %s file',
  async (name) => {
    const { dataSet, frameCount } = await readDicomFile(fixture(`${name}.dcm`));
    expect([dataSet.uint16('x00280010'), dataSet.uint16('x00280011'), frameCount]).toEqual([128, 128, 1]);
    expect(dataSet.string('x00100020')).toBe('PHANTOM-1');
  },
);

test('a deflated data set is the same as the plain one, once inflated', async () => {
  const [plain, deflated] = await Promise.all(
    ['plain', 'deflated'].map(async (name) => {
      const { dataSet, bytes } = await readDicomFile(fixture(`${name}.dcm`));
      const { dataOffset = 0, length = 0 } = dataSet.elements['x7fe00010'] ?? {};
      return bytes.slice(dataOffset, dataOffset + length);
    }),
  );
  expect(deflated).toEqual(plain);
});

test('says that a file is cut off, wherever it ends', async () => {
  const whole = fixture('plain.dcm');
  expect(await reasonOf(fixture('truncated.dcm'))).toMatch(/^The file is cut off or damaged: .* 16\.9 kB\.$/);
  expect(await reasonOf(whole.slice(0, 150))).toMatch(/ends within its meta information, after 150 bytes/);
  expect(await reasonOf(whole.slice(0, 600))).toMatch(/cut off/);
  expect(await reasonOf(fixture('deflated.dcm').slice(0, 3000))).toMatch(/does not unpack/);
});

test('says which transfer syntax it cannot decode', async () => {
  expect(await reasonOf(fixture('mpeg-2.dcm'))).toBe(
    'The pixels are encoded as MPEG-2 video (1.2.840.10008.1.2.4.100), which this viewer cannot decode.',
  );
});

test('says that something is no DICOM file', async () => {
  expect(await reasonOf(new Uint8Array(0))).toBe('The file is empty.');
  expect(await reasonOf(new TextEncoder().encode('<html>not found</html>'))).toMatch(
    /^This is not a DICOM file/,
  );
  const dataSetAlone = fixture('plain.dcm').slice(132 + 12 + 196);
  dataSetAlone.set([8, 0, 5, 0]);
  expect(await reasonOf(dataSetAlone)).toMatch(/no preamble and no meta information/);
});

test('says that a file has no image', async () => {
  const { dataSet, bytes } = await readDicomFile(fixture('plain.dcm'));
  const end = (dataSet.elements['x7fe00010']?.dataOffset ?? 0) - 12;
  expect(await reasonOf(bytes.slice(0, end))).toBe(
    'The file has no image: it is of the modality CT and has no pixel data (7FE0,0010).',
  );
});
