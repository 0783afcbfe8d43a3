import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, test } from 'vitest';
import { wantedTags } from '../../src/dicom/known-tags.js';
import { probe } from '../../src/probe.js';
import type { ProbeError } from '../../src/probe-error.js';
import { countedSource } from '../../src/testing/counted-source.js';
import { dicomBytes } from '../../src/testing/dicom-bytes.js';
import { askPython, run, temporaryFile } from './tools.js';

type Json = { readonly vr: string; readonly Value?: readonly unknown[]; readonly InlineBinary?: string };
type DataSet = Readonly<Record<string, Json>>;

/** What both have: pydicom writes binary values and empty lists as well. */
function comparable(dataSet: DataSet): unknown {
  const entries = Object.entries(dataSet)
    .filter(
      ([, { vr, InlineBinary }]) => InlineBinary === undefined && !['OB', 'OW', 'OF', 'UN'].includes(vr),
    )
    .map(([tag, { vr, Value = [] }]) => {
      const values = vr === 'SQ' ? Value.map((item) => comparable(item as DataSet)) : Value;
      return [tag, values.length > 0 ? { vr, Value: values } : { vr }];
    });
  return Object.fromEntries(entries);
}

const truth = () =>
  Object.entries(askPython('dicom-truth.py', [...wantedTags]) as Record<string, DataSet | null>);
const read = (path: string) => probe('dicom', countedSource(new Uint8Array(readFileSync(path))));

describe('measuring DICOM and pydicom', () => {
  test('read the same tags from the files that pydicom is tested with', async () => {
    let compared = 0;
    const refused: string[] = [];
    for (const [path, expected] of truth()) {
      const measured = await read(path).catch((error: ProbeError) => error.code);
      if (typeof measured === 'string') refused.push(`${basename(path)}: ${measured}`);
      else if (expected) {
        expect(comparable(measured.tags as DataSet), path).toEqual(comparable(expected));
        compared += Object.keys(expected).length;
      }
    }
    expect(compared).toBeGreaterThan(1000);
    // A directory is no image; the others are damaged on purpose.
    expect(refused.filter((line) => !line.startsWith('DICOMDIR')).sort()).toEqual([
      'MR_truncated.dcm: truncated',
      'no_meta.dcm: wrong_type',
    ]);
  });

  test('dcmtk reads what the builder of the unit tests writes', async () => {
    const bytes = dicomBytes(
      [
        ['00080016', 'UI', '1.2.840.10008.5.1.4.1.1.2'],
        ['00080018', 'UI', '1.2.3.4'],
        ['00200032', 'DS', '1\\2\\3'],
        ['52009229', 'SQ', [[['00209116', 'SQ', [[['00200037', 'DS', '1\\0\\0\\0\\1\\0']]]]]]],
      ],
      { transferSyntax: '1.2.840.10008.1.2.2', isOpen: true },
    );
    const dump = run('dcmdump', [temporaryFile('built.dcm', bytes)]);
    expect(dump).toContain('BigEndianExplicit');
    expect(dump).toMatch(/\(0020,0032\) DS \[1\\2\\3\]/);
    expect(dump).toMatch(/\(0020,0037\) DS \[1\\0\\0\\0\\1\\0\]/);
  });
});
