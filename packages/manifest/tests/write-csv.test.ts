import { unitKindNames } from '@latchkey/contract/kinds';
import { CsvConverter } from '@latchkey/manifest/csv/csv-converter';
import { readPart } from '@latchkey/manifest/read/read-part';
import type { Unit, UnitResult } from '@latchkey/manifest/read/unit';
import { noFlags } from '@latchkey/manifest/scan/manifest-keys';
import { ManifestScanner } from '@latchkey/manifest/scan/manifest-scanner';
import { CsvWriter } from '@latchkey/manifest/write/csv-writer';
import { pickElements } from '@latchkey/manifest/write/pick-elements';
import { type UnitsByKind, unitElement } from '@latchkey/manifest/write/unit-json';
import { writeCsvManifest } from '@latchkey/manifest/write/write-csv';
import { writeJsonManifest } from '@latchkey/manifest/write/write-json';
import { writePickedCsv } from '@latchkey/manifest/write/write-picked-csv';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { randomUnit } from './random-units.js';

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const open = { strict: false, allowedHosts: [] };

function toNdjson(csv: string): { bytes: Uint8Array; warnings: readonly unknown[] } {
  const converter = new CsvConverter(noFlags);
  const text = [converter.push(encoder.encode(csv)), converter.end()]
    .map((each) => decoder.decode(each))
    .join('');
  return { bytes: encoder.encode(text), warnings: converter.warnings.list() };
}

function read(
  bytes: Uint8Array,
  form: 'ndjson' | 'manifest',
): { results: UnitResult[]; warnings: unknown[] } {
  const scanner = new ManifestScanner({ form });
  scanner.push(bytes);
  const { parts, warnings } = scanner.end();
  const read = parts.map((part) => readPart(bytes.subarray(part.byteStart, part.byteEnd), part, open));
  return {
    results: read.flatMap(({ results }) => results),
    warnings: [...warnings, ...read.flatMap((part) => part.warnings)],
  };
}

/** What a unit says, wherever it stood. */
function said(result: UnitResult | undefined): unknown {
  if (result?.ok !== true) return result?.error;
  const { element, line, ...unit } = result.unit;
  return unit;
}
const saidBy = (unit: Unit): unknown => said({ ok: true, unit });

async function textOf(pieces: AsyncIterable<string | Uint8Array>): Promise<string> {
  let text = '';
  for await (const piece of pieces) text += typeof piece === 'string' ? piece : decoder.decode(piece);
  return text;
}

const byKind = (units: readonly Unit[]): UnitsByKind =>
  Object.fromEntries(unitKindNames.map((kind) => [kind, units.filter((unit) => unit.kind === kind)]));

describe('a CSV manifest that is written', () => {
  test('reads back as the same units, of every kind and in any order', () => {
    fc.assert(
      fc.property(fc.array(randomUnit, { minLength: 1, maxLength: 8 }), (units) => {
        const writer = new CsvWriter();
        const csv = units.reduce(
          (text, unit) =>
            text + writer.element({ type: unit.kind, ...unitElement(unit.kind, unit) }, unit.kind),
          '',
        );
        const { bytes, warnings } = toNdjson(csv);
        const back = read(bytes, 'ndjson');
        expect(back.results.map(said)).toEqual(units.map(saidBy));
        expect([...warnings, ...back.warnings]).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  test('says the same as the JSON manifest of the same units', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(randomUnit, { minLength: 1, maxLength: 6 }), async (units) => {
        const csv = toNdjson(await textOf(writeCsvManifest(byKind(units)))).bytes;
        const json = encoder.encode(await textOf(writeJsonManifest(byKind(units))));
        expect(read(csv, 'ndjson').results.map(said)).toEqual(read(json, 'manifest').results.map(said));
      }),
      { numRuns: 100 },
    );
  });

  test('names a column once, and a kind that needs more of them brings a row of headings', async () => {
    const url = 'https://h.org/1';
    const pdfMetadata = { fileSize: 5, numPages: 2 };
    const csv = await textOf(
      writeCsvManifest({
        text: [{ objectUrl: url, title: 'a' }, { objectUrl: url }],
        pdfs: [{ objectUrl: url, mediaMetadata: pdfMetadata }],
      }),
    );
    expect(csv.split('\r\n')).toEqual([
      'Type,ObjectURL,Title,fileSize,mimeType,clientMetadata',
      `text,${url},a,,,`,
      `text,${url},,,,`,
      'Type,ObjectURL,Title,fileSize,mimeType,numPages,clientMetadata',
      `pdf,${url},,5,,2,`,
      '',
    ]);
  });
});

describe('the failed rows of a CSV manifest', () => {
  const url = 'https://h.org/1?sig=a,b';
  const headings = 'Type,ObjectURL,Title,width,height,fileSize,mimeType,meta.site';
  const rows = [
    `image,"${url}",wide,far,3,10,image/png,north`,
    `hologram,"${url}",odd,,,,,`,
    `image,"${url}",long,4,3,10,image/png,north,more`,
    `image group,"${url}",g,4,3,10,image/png,`,
    `image group,,g,4,3,10,image/png,`,
    `image,"${url}",after,,3,10,image/png,`,
  ];

  async function failedOf(csv: string): Promise<string> {
    const { bytes } = toNdjson(csv);
    const scanner = new ManifestScanner({ form: 'ndjson' });
    scanner.push(bytes);
    const groups = scanner.end().parts.map((part) => {
      const slice = bytes.subarray(part.byteStart, part.byteEnd);
      const failed = readPart(slice, part, open).results.flatMap(({ ok }, index) => (ok ? [] : [index]));
      return { kind: null, elements: pickElements(slice, part, failed) };
    });
    return textOf(writePickedCsv(groups));
  }
  const problems = (csv: string) =>
    read(toNdjson(csv).bytes, 'ndjson').results.map((result) =>
      result.ok ? null : [result.error.code, result.error.field, result.error.title, result.error.objectUrl],
    );

  test('come back as a CSV that fails in the same places', async () => {
    const csv = [headings, ...rows].join('\n');
    const failed = await failedOf(csv);
    expect(problems(csv)).toHaveLength(5);
    expect(problems(failed)).toEqual(problems(csv));
    expect(problems(await failedOf(failed))).toEqual(problems(csv));
  });

  test('hold what was given, so that they register once they are corrected', async () => {
    const good = `image,"${url}",fine,1,3,10,image/png,`;
    const failed = await failedOf([headings, good, rows[0], rows[2], rows[5]].join('\n'));
    expect(failed).not.toContain('fine');
    const corrected = failed.replace('far', '4').replace(',more', '').replace('after,,', 'after,4,');
    const units = read(toNdjson(corrected).bytes, 'ndjson').results.map(said);
    expect(units).toMatchObject([
      { title: 'wide', clientMetadata: { site: 'north' }, mediaMetadata: { width: 4 } },
      { title: 'long', clientMetadata: { site: 'north' }, mediaMetadata: { width: 4 } },
      { title: 'after', clientMetadata: null, mediaMetadata: { width: 4 } },
    ]);
  });
});
