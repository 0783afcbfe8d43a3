export interface PdfOptions {
  readonly pages: number;
  /** Without one a reader has to search the whole file. */
  readonly hasCrossReferences?: boolean;
  /** Of the picture beside each page, which makes the file large. */
  readonly bytesPerPage?: number;
}

/** A PDF of empty pages. */
export function pdfBytes({ pages, hasCrossReferences = true, bytesPerPage = 0 }: PdfOptions): Uint8Array {
  const kids = Array.from({ length: pages }, (_, index) => `${3 + 2 * index} 0 R`);
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Kids [${kids.join(' ')}] /Count ${pages} >>`,
    ...kids.flatMap((_, index) => [
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents ${4 + 2 * index} 0 R >>`,
      `<< /Length ${bytesPerPage} >>\nstream\n${' '.repeat(bytesPerPage)}\nendstream`,
    ]),
  ];
  let text = '%PDF-1.7\n';
  const offsets = objects.map((object, index) => {
    const offset = text.length;
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const start = text.length;
  const trailer = `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\n`;
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`);
  if (hasCrossReferences) text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows.join('')}`;
  text += hasCrossReferences ? `${trailer}startxref\n${start}\n%%EOF\n` : trailer;
  return new TextEncoder().encode(text);
}
