import { type DicomElement, dicomBytes } from '@latchkey/probe/testing/dicom-bytes';
import { niftiBytes } from '@latchkey/probe/testing/nifti-bytes';

const twoBytes = (value: number): Uint8Array => new Uint8Array([value & 255, value >> 8]);

/** An image of 4 x 3 pixels of the series. */
export function dicomFile(series: string, instance: string): Uint8Array {
  const elements: DicomElement[] = [
    ['00080018', 'UI', `${series}.${instance}`],
    ['0020000D', 'UI', '1.2'],
    ['0020000E', 'UI', series],
    ['00200013', 'IS', instance],
    ['00280010', 'US', twoBytes(3)],
    ['00280011', 'US', twoBytes(4)],
    ['7FE00010', 'OW', new Uint8Array(24)],
  ];
  return dicomBytes(elements);
}

export const niftiFile = (): Uint8Array => niftiBytes({ dims: [5, 4, 3] });

export const pcdFile = (): Uint8Array =>
  new TextEncoder().encode(
    [
      'VERSION .7',
      'FIELDS x y z',
      'SIZE 4 4 4',
      'TYPE F F F',
      'COUNT 1 1 1',
      'WIDTH 2',
      'HEIGHT 1',
      'VIEWPOINT 0 0 0 1 0 0 0',
      'POINTS 2',
      'DATA ascii',
      '0 0 0',
      '1 1 1',
      '',
    ].join('\n'),
  );
