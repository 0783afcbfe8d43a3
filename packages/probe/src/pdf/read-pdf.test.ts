import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { ProbeError } from '../probe-error.js';
import { countedSource } from '../testing/counted-source.js';
import { latin1Bytes } from '../testing/dicom-bytes.js';
import { pdfBytes } from '../testing/pdf-bytes.js';
import { readPdf } from './read-pdf.js';

const read = async (bytes: Uint8Array) => (await readPdf(countedSource(bytes))).metadata;

describe('readPdf', () => {
  test('counts pages', async () => {
    const bytes = pdfBytes({ pages: 42 });
    expect(await read(bytes)).toEqual({ fileSize: bytes.length, numPages: 42 });
  });

  test('reads 64 KiB for each page of a large file whose pages are far apart', async () => {
    const source = countedSource(pdfBytes({ pages: 20, bytesPerPage: 500_000 }));
    expect((await readPdf(source)).metadata.numPages).toBe(20);
    expect(source.bytesRead).toBeLessThan(22 * 65_536);
  });

  test('searches a file without cross-references for its pages', async () => {
    expect((await read(pdfBytes({ pages: 7, hasCrossReferences: false }))).numPages).toBe(7);
  });

  test('accepts other bytes before the header', async () => {
    const bytes = pdfBytes({ pages: 3, hasCrossReferences: false });
    expect((await read(new Uint8Array([...latin1Bytes('mail header\n'), ...bytes]))).numPages).toBe(3);
  });

  // Written by qpdf: 256-bit AES, user password "user".
  test('says that a file needs a password', async () => {
    const bytes = await readFile(new URL('../../tests/fixtures/password.pdf', import.meta.url));
    await expect(read(new Uint8Array(bytes))).rejects.toMatchObject({ code: 'encrypted' });
  });

  test('reads a file that only its owner may change', async () => {
    const bytes = await readFile(new URL('../../tests/fixtures/owner-password.pdf', import.meta.url));
    expect((await read(new Uint8Array(bytes))).numPages).toBe(2);
  });

  test('hands on why bytes did not come', async () => {
    const source = countedSource(pdfBytes({ pages: 20, bytesPerPage: 50_000 }));
    const capped = {
      size: source.size,
      read: async (start: number, length: number) => {
        if (start > 0) throw new ProbeError('too_many_bytes', 'Enough.');
        return source.read(start, length);
      },
    };
    await expect(readPdf(capped)).rejects.toMatchObject({ code: 'too_many_bytes' });
  });

  test.each([
    ['an empty object', new Uint8Array(0), 'empty'],
    ['a file that ends after its header', latin1Bytes('%PDF-1.7\n'), 'corrupt'],
    ['noise behind a header', latin1Bytes(`%PDF-1.7\n${'\xb5 noise '.repeat(500)}`), 'corrupt'],
    ['another file', latin1Bytes('GIF89a and more'), 'wrong_type'],
  ])('refuses %s', async (_, bytes, code) => {
    await expect(read(bytes)).rejects.toMatchObject({ name: 'ProbeError', code });
  });
});
