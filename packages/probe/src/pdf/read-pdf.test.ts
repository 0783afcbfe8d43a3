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

  test('reads four places of a large file whose pages are far apart', async () => {
    const source = countedSource(pdfBytes({ pages: 400, bytesPerPage: 100_000 }));
    expect((await readPdf(source)).metadata.numPages).toBe(400);
    expect(source.bytesRead).toBeLessThan(4 * 65_536);
  });

  test('counts what an update added behind the end of the file', async () => {
    const before = pdfBytes({ pages: 2 });
    const start = before.length;
    const text = new TextDecoder().decode(before);
    const table = /startxref\n(\d+)/.exec(text)?.[1];
    const pages = '2 0 obj\n<< /Type /Pages /Kids [3 0 R 5 0 R 3 0 R] /Count 3 >>\nendobj\n';
    const entry = `${String(start).padStart(10, '0')} 00000 n \n`;
    const update = `${pages}xref\n2 1\n${entry}trailer\n<< /Size 7 /Root 1 0 R /Prev ${table} >>\nstartxref\n${start + pages.length}\n%%EOF\n`;
    expect((await read(latin1Bytes(text + update))).numPages).toBe(3);
  });

  test('searches a file whose cross-references are wrong', async () => {
    const text = new TextDecoder().decode(pdfBytes({ pages: 5 }));
    expect(
      (await read(latin1Bytes(text.replace('%PDF-1.7', '%PDF-1.7\n% moved by a comment')))).numPages,
    ).toBe(5);
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
    const source = countedSource(pdfBytes({ pages: 20, bytesPerPage: 50_000, hasCrossReferences: false }));
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
