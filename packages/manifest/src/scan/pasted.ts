import { LatchkeyError } from '@latchkey/contract/errors';

/** Bytes that are looked at before the scan starts. */
export const headBytes = 512;

const startsWith = (head: Uint8Array, ...bytes: number[]): boolean =>
  bytes.every((byte, index) => head[index] === byte);

const refuse = (problem: string, hint: string): LatchkeyError =>
  new LatchkeyError('malformed_json', `Not valid JSON at line 1, column 1: ${problem}. ${hint}`, {
    details: { line: 1, column: 1 },
  });

/** Refuses what is no UTF-8 text at all; returns the length of a byte order mark (0 or 3). */
export function readEncoding(head: Uint8Array): number {
  if (startsWith(head, 0xef, 0xbb, 0xbf)) return 3;
  const isUtf16 =
    startsWith(head, 0xff, 0xfe) ||
    startsWith(head, 0xfe, 0xff) ||
    (head.length > 1 && (head[0] === 0) !== (head[1] === 0));
  if (isUtf16) throw refuse('the input is encoded as UTF-16', 'Save the file as UTF-8.');
  if (startsWith(head, 0x1f, 0x8b)) throw refuse('the input is compressed with gzip', 'Decompress it first.');
  if (startsWith(head, 0x50, 0x4b, 3, 4))
    throw refuse('the input is a ZIP archive or an office document', 'Give the JSON file itself.');
  return 0;
}

/** What the start of the input looks like when it is not a JSON document. */
export function pastedHint(head: Uint8Array): string | undefined {
  const text = new TextDecoder().decode(head).trimStart();
  if (/^<(?:!doctype|html|head|body|\?xml|[a-z])/i.test(text))
    return 'This looks like HTML or XML, for example a sign-in or error page; give the JSON file itself.';
  const firstLine = text.split(/[\r\n]/, 1)[0] ?? '';
  if (
    /^"?(?:object[ _]?url|https?:\/\/)/i.test(firstLine) ||
    /^"?[a-z][\w ]*"?[,;\t]"?[a-z]/i.test(firstLine)
  )
    return 'This looks like CSV; write the manifest as JSON, for example { "images": [{ "objectUrl": "..." }] }.';
  return undefined;
}
