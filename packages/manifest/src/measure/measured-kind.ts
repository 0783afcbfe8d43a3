import type { UnitKind } from '@latchkey/contract/kinds';

/** What an object is measured as, by the kind of its unit; groups of registered items have no object of their own. */
const kinds = {
  videos: 'video',
  images: 'image',
  audio: 'audio',
  text: 'text',
  pdfs: 'pdf',
  nifti: 'nifti',
  imageGroups: 'image',
  dicomSeries: 'dicom',
  scenes: 'pointCloud',
  timeSeries: 'timeSeries',
} as const satisfies Partial<Record<UnitKind, string>>;

export type MeasuredKind = (typeof kinds)[keyof typeof kinds];

export const measuredKind = (kind: UnitKind): MeasuredKind | null =>
  kind in kinds ? kinds[kind as keyof typeof kinds] : null;
