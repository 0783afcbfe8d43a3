import type { ItemType } from '@latchkey/contract/kinds';

export const itemTypeLabels: Readonly<Record<ItemType, string>> = {
  video: 'Video',
  image: 'Image',
  imageGroup: 'Image group',
  imageSequence: 'Image sequence',
  dicomFile: 'DICOM file',
  dicomSeries: 'DICOM series',
  audio: 'Audio',
  nifti: 'NIfTI',
  plainText: 'Text',
  pdf: 'PDF',
  scene: 'Scene',
  timeSeries: 'Time series',
  group: 'Group',
};
