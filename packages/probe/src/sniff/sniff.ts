import type { ByteSource } from '../byte-source.js';
import type { ProbeKind } from '../probe-kind.js';
import { findFrames } from './audio-frames.js';
import type { Found } from './found.js';
import { findSignature, findWeakSignature } from './signatures.js';
import { decodeUtf8, guessUtf16, hasBinaryBytes, readByteOrderMark } from './text-bytes.js';

const textKinds: readonly ProbeKind[] = ['text', 'timeSeries'];
const svg: Found = { name: 'an SVG image', mimeType: 'image/svg+xml', kinds: ['image', 'text'] };

/** Enough of an object to tell what it is. */
const headBytes = 4096;

/** What an object is, by its first bytes; null when they tell nothing. */
export async function sniffSource(source: ByteSource): Promise<Found | null> {
  return await sniff(await source.read(0, headBytes), await source.size());
}

/**
 * The same of a beginning that is at hand, and the size of the whole.
 *
 * Own rules come first: `file-type` takes UTF-16 for MP3, and knows neither NIfTI, point clouds nor plain text.
 */
export async function sniff(head: Uint8Array, size: number): Promise<Found | null> {
  return (
    findSignature(head) ??
    findPdfOrPcd(head) ??
    findText(head, size) ??
    findWeakSignature(head) ??
    findFrames(head) ??
    findOther(head)
  );
}

/**
 * What begins with lines of text. Readers of PDF accept anything before the header within the first KiB; a text that
 * speaks of it has no other bytes than those of a text.
 */
function findPdfOrPcd(head: Uint8Array): Found | null {
  const start = new TextDecoder('latin1').decode(head.subarray(0, 1024));
  if (start.trimStart().startsWith('%PDF-') || (start.includes('%PDF-') && !isText(head)))
    return { name: 'a PDF document', mimeType: 'application/pdf', kinds: ['pdf'] };
  return /^(\s*#[^\n]*\n)*\s*VERSION\s+\S+\s+(#[^\n]*\n\s*)*FIELDS\s/.test(start)
    ? { name: 'a PCD point cloud', mimeType: 'application/x-pcd', kinds: ['pointCloud'] }
    : null;
}

function isText(head: Uint8Array): boolean {
  return !hasBinaryBytes(head) && decodeUtf8(head, { cut: true }) !== null;
}

function findText(head: Uint8Array, size: number): Found | null {
  const mark = readByteOrderMark(head);
  if (!mark && !guessUtf16(head) && hasBinaryBytes(head)) return null;
  const text = mark || guessUtf16(head) ? null : decodeUtf8(head, { cut: size > head.length });
  const start = text?.trimStart().slice(0, 1024) ?? '';
  if (/^(<\?xml[^>]*>\s*|<!--(?:(?!-->)[\s\S])*-->\s*|<!DOCTYPE svg[^>]*>\s*)*<svg[\s>]/i.test(start))
    return svg;
  if (/^(<!DOCTYPE html|<html[\s>])/i.test(start))
    return { name: 'an HTML page', mimeType: 'text/html', kinds: textKinds };
  if (/^<\?xml\s/.test(start))
    return { name: 'an XML document', mimeType: 'application/xml', kinds: textKinds };
  return mark || guessUtf16(head) || text !== null
    ? { name: 'a text', mimeType: 'text/plain', kinds: textKinds }
    : null;
}

async function findOther(head: Uint8Array): Promise<Found | null> {
  const { fileTypeFromBuffer } = await import('file-type/core');
  // It throws at bytes that end within a header.
  const type = await fileTypeFromBuffer(head).catch(() => undefined);
  if (!type) return null;
  const [family] = type.mime.split('/');
  const kinds: readonly ProbeKind[] =
    family === 'image' || family === 'video' || family === 'audio' ? [family] : [];
  return { name: `a file of type ${type.mime}`, mimeType: type.mime, kinds };
}
