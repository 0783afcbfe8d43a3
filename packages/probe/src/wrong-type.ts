import { ProbeError } from './probe-error.js';
import type { ProbeKind } from './probe-kind.js';
import type { Found } from './sniff/found.js';

export const kindNames: Readonly<Record<ProbeKind, string>> = {
  image: 'an image',
  video: 'a video',
  audio: 'an audio file',
  text: 'a text',
  pdf: 'a PDF document',
  nifti: 'a NIfTI volume',
  dicom: 'a DICOM file',
  pointCloud: 'a point cloud',
  timeSeries: 'a time series (CSV)',
};

/** `found`: what the object is; null: its bytes are of no known format. */
export function wrongType(expected: ProbeKind, found: Found | null): ProbeError {
  const name = found?.name ?? 'bytes of an unknown format';
  return new ProbeError('wrong_type', `Expected ${kindNames[expected]}, found ${name}.`);
}
