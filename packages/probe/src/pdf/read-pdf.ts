import type { PDFDocumentLoadingTask } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { latin1 } from '../ascii.js';
import type { ByteSource } from '../byte-source.js';
import { type ObjectHead, readHead } from '../object-head.js';
import { ProbeError } from '../probe-error.js';
import type { Measured } from '../reader.js';
import { sniff } from '../sniff/sniff.js';
import { wrongType } from '../wrong-type.js';
import { countByTable } from './count-by-table.js';
import { loadPdfJs } from './load-pdfjs.js';

const CHUNK_BYTES = 64 * 1024;

/** Counts pages by the cross-references, of which only the parts that are needed are read. */
export async function readPdf(source: ByteSource): Promise<Measured<'pdf'>> {
  const head = await readHead(source, CHUNK_BYTES);
  // Readers accept anything before the header within the first KiB.
  if (!latin1(head.bytes.subarray(0, 1024)).includes('%PDF-'))
    throw wrongType('pdf', await sniff(head.bytes, head.size));
  const numPages = (await countByTable(source, head.size)) ?? (await countPages(source, head));
  return { metadata: { fileSize: head.size, numPages } };
}

async function countPages(source: ByteSource, head: ObjectHead): Promise<number> {
  const { getDocument, PDFDataRangeTransport, VerbosityLevel } = await loadPdfJs();
  // pdf.js hands the bytes on to its worker, which may take them away.
  const range = new PDFDataRangeTransport(head.size, head.bytes.slice());
  const failed = new Promise<never>((_, reject) => {
    range.requestDataRange = (begin, end) => {
      source.read(begin, end - begin).then((bytes) => range.onDataRange(begin, bytes.slice()), reject);
    };
  });
  const task = getDocument({
    range,
    rangeChunkSize: CHUNK_BYTES,
    disableAutoFetch: true,
    disableStream: true,
    isEvalSupported: false,
    useSystemFonts: false,
    useWasm: false,
    verbosity: VerbosityLevel.ERRORS,
  });
  try {
    return await Promise.race([numPagesOf(task), failed]);
  } catch (error) {
    throw toProbeError(error);
  } finally {
    await task.destroy();
  }
}

async function numPagesOf(task: PDFDocumentLoadingTask): Promise<number> {
  return (await task.promise).numPages;
}

function toProbeError(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof ProbeError || error.name === 'AbortError') return error;
  if (error.name === 'PasswordException')
    return new ProbeError(
      'encrypted',
      'The PDF opens with a password only. Give its pdfMetadata in the manifest, or store it without one.',
    );
  return new ProbeError('corrupt', `The PDF is damaged: ${error.message}`, { cause: error });
}
