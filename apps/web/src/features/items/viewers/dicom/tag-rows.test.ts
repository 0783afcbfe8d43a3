import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readDicomFile } from './dicom-file.js';
import { type Dictionary, tagRows } from './tag-rows.js';

const names: Readonly<Record<string, readonly [name: string, vr: string]>> = {
  '00100010': ['PatientName', 'PN'],
  '00280010': ['Rows', 'US'],
  '00280030': ['PixelSpacing', 'DS'],
  '7FE00010': ['PixelData', 'OW'],
};
const dictionary: Dictionary = (tag) => {
  const known = names[tag];
  return known && { name: known[0], vr: known[1] };
};

test('lists the elements of a file by tag, with name and value', async () => {
  const path = new URL('../../../../../../../tests/acceptance/browser/fixtures/plain.dcm', import.meta.url);
  const { dataSet } = await readDicomFile(new Uint8Array(readFileSync(path)));
  const rows = tagRows(dataSet, dictionary);
  const textOf = (tag: string) => rows.find((row) => row.tag === tag)?.value;
  expect(rows.map(({ tag }) => tag)).toEqual(rows.map(({ tag }) => tag).sort());
  expect(rows).toContainEqual({
    key: '00100010',
    tag: '(0010,0010)',
    depth: 0,
    name: 'PatientName',
    value: 'Phantom^Head',
  });
  expect(textOf('(0028,0010)')).toBe('128');
  expect(textOf('(0028,0030)')).toBe('1.6 \\ 1.6');
  expect(textOf('(7FE0,0010)')).toBe('32768 bytes');
  expect(rows.find(({ tag }) => tag === '(0008,0060)')).toMatchObject({ name: 'Unknown', value: 'CT' });
});
