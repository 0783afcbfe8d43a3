import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { readPdf } from '../../src/pdf/read-pdf.js';
import { countedSource } from '../../src/testing/counted-source.js';
import { pdfBytes } from '../../src/testing/pdf-bytes.js';
import { run, temporaryFile } from './tools.js';

const pagesOf = (path: string) => Number(/^Pages:\s+(\d+)$/m.exec(run('pdfinfo', [path]))?.[1]);
const readPages = async (path: string) =>
  (await readPdf(countedSource(new Uint8Array(readFileSync(path))))).metadata.numPages;
const file = (path: string) => fileURLToPath(new URL(path, import.meta.url));

test('readPdf counts the pages that pdfinfo counts', async () => {
  const made = [1, 2, 130].map((pages) => temporaryFile(`${pages}.pdf`, pdfBytes({ pages })));
  const unindexed = temporaryFile('unindexed.pdf', pdfBytes({ pages: 9, hasCrossReferences: false }));
  const joined = temporaryFile('joined.pdf', new Uint8Array());
  run('pdfunite', [...made, joined]);
  const media = '../../../bucket/media/pdfs/';
  const paths = [
    ...made,
    unindexed,
    joined,
    file(`${media}handbook.pdf`),
    file(`${media}curves-landscape.pdf`),
  ];
  for (const path of [...paths, file('../fixtures/owner-password.pdf')])
    expect(await readPages(path), path).toBe(pagesOf(path));
});

test('pdfinfo can not read the file with a password either', () => {
  expect(() => run('pdfinfo', [file('../fixtures/password.pdf')])).toThrow();
});
