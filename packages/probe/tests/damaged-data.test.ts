import { deflateSync, gzipSync } from 'fflate';
import { expect, test } from 'vitest';
import { probe } from '../src/probe.js';
import { ProbeError } from '../src/probe-error.js';
import type { ProbeKind } from '../src/probe-kind.js';
import { countedSource } from '../src/testing/counted-source.js';
import { concat, type DicomElement, dicomBytes, latin1Bytes } from '../src/testing/dicom-bytes.js';
import { lasBytes } from '../src/testing/las-bytes.js';
import { mutate, seededRandom } from '../src/testing/mutate.js';
import { niftiBytes } from '../src/testing/nifti-bytes.js';
import { pdfBytes } from '../src/testing/pdf-bytes.js';

const frames: DicomElement[] = [
  ['00080005', 'CS', '\\ISO 2022 IR 87'],
  ['00080018', 'UI', '1.2.3.4'],
  ['00100020', 'LO', '\x1b$B;3\x1b(B1'],
  ['00280010', 'US', new Uint8Array([3, 0])],
  [
    '52009230',
    'SQ',
    Array.from({ length: 5 }, () => [['00209113', 'SQ', [[['00200032', 'DS', '0\\0\\1']]]]]),
  ],
  ['7FE00010', 'OW', new Uint8Array(64)],
];
const pcd =
  'VERSION .7\nFIELDS x y\nSIZE 4 4\nTYPE F F\nCOUNT 1 1\nWIDTH 4\nHEIGHT 1\nPOINTS 4\nDATA binary\n';
const ply = 'ply\nformat ascii 1.0\nelement vertex 2\nproperty float x\nend_header\n1\n2\n';

const samples: readonly (readonly [name: string, kind: ProbeKind, rounds: number, bytes: Uint8Array])[] = [
  ['PDF', 'pdf', 60, pdfBytes({ pages: 3 })],
  ['DICOM, explicit', 'dicom', 1500, dicomBytes(frames, { isOpen: true })],
  ['DICOM, implicit', 'dicom', 1500, dicomBytes(frames, { transferSyntax: '1.2.840.10008.1.2' })],
  [
    'DICOM, deflated',
    'dicom',
    500,
    dicomBytes(frames, { transferSyntax: '1.2.840.10008.1.2.1.99', pack: (set) => deflateSync(set) }),
  ],
  ['NIfTI-1', 'nifti', 1500, niftiBytes({ dims: [4, 4, 4] })],
  ['NIfTI-2', 'nifti', 1500, niftiBytes({ version: 2, dims: [4, 4, 4] })],
  ['NIfTI in gzip', 'nifti', 500, gzipSync(niftiBytes({ dims: [4, 4, 4] }))],
  ['PCD', 'pointCloud', 1500, concat([latin1Bytes(pcd), new Uint8Array(32)])],
  ['PLY', 'pointCloud', 1500, latin1Bytes(ply)],
  ['LAS', 'pointCloud', 1500, lasBytes({ minor: 4, points: 10 })],
  ['CSV', 'timeSeries', 1500, latin1Bytes('t,"x, y",z\n0,1,2\n1,2,3\n2,"3",4\n')],
];

test.each(samples)('a damaged %s is measured or refused with a reason', async (_, kind, rounds, bytes) => {
  await expect(probe(kind, countedSource(bytes))).resolves.toBeDefined();
  const random = seededRandom(1);
  let refused = 0;
  for (let round = 0; round < rounds; round++) {
    const error = await probe(kind, countedSource(mutate(bytes, random))).then(
      () => null,
      (reason: unknown) => reason,
    );
    if (error === null) continue;
    expect(error).toBeInstanceOf(ProbeError);
    refused += 1;
  }
  expect(refused).toBeGreaterThan(0);
});
