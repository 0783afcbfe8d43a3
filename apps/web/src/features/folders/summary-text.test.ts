import type { FolderSummary } from '@latchkey/contract/schemas/folder';
import { expect, test } from 'vitest';
import { summaryParts } from './summary-text.js';

const empty: FolderSummary = {
  files: 0,
  folders: 0,
  videos: 0,
  images: 0,
  imageGroups: 0,
  imageSequences: 0,
  dicomFiles: 0,
  dicomSeries: 0,
  niftis: 0,
  audios: 0,
  pdfs: 0,
  plainTexts: 0,
  scenes: 0,
  timeSeries: 0,
  groups: 0,
  tombstones: 0,
  uploadJobs: 0,
  expiredItems: 0,
  itemsExpiringWithin7Days: 0,
  totalSize: 0,
};

test('the summary names what is there, with the total size', () => {
  expect(
    summaryParts({ ...empty, folders: 1, files: 2003, images: 2000, pdfs: 3, totalSize: 1_234_567 }),
  ).toEqual(['1 folder', '2,000 images', '3 PDFs', '1.2 MB']);
});

test('an empty folder is called empty', () => {
  expect(summaryParts(empty)).toEqual(['empty']);
});

test('series keep their form in the plural', () => {
  expect(summaryParts({ ...empty, files: 2, dicomSeries: 2 })[0]).toBe('2 DICOM series');
});
