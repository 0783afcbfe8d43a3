import { UnreadableFile } from '../../failure/unreadable-file.js';
import { deflated, explicitLittleEndian } from './transfer-syntaxes.js';

/** A DICOM file (PS3.10) whose data set lies open: with its preamble, and not deflated. */
export interface Part10 {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly transferSyntax: string;
}

const preambleBytes = 128;
const magic = [0x44, 0x49, 0x43, 0x4d];

/**
 * Reads the file's meta information (group 0002, always explicit VR little endian). Where only the preamble is missing it
 * is put before, and a deflated data set is inflated: both are read by few programs, and lose nothing.
 *
 * @throws {UnreadableFile} when these are no bytes of a DICOM file
 */
export async function openPart10(given: Uint8Array<ArrayBuffer>): Promise<Part10> {
  const bytes = withPreamble(given);
  const meta = readMeta(bytes);
  if (meta.transferSyntax !== deflated) return { bytes, transferSyntax: meta.transferSyntax };
  return { bytes: await inflated(bytes, meta), transferSyntax: explicitLittleEndian };
}

function withPreamble(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  if (magic.every((byte, index) => bytes[preambleBytes + index] === byte)) return bytes;
  const startsWithMeta = bytes[0] === 2 && bytes[1] === 0 && bytes[2] === 0 && bytes[3] === 0;
  if (!startsWithMeta) throw new UnreadableFile(describeForeign(bytes));
  const whole = new Uint8Array(preambleBytes + magic.length + bytes.length);
  whole.set(magic, preambleBytes);
  whole.set(bytes, preambleBytes + magic.length);
  return whole;
}

function describeForeign(bytes: Uint8Array): string {
  if (bytes.length === 0) return 'The file is empty.';
  const group = (bytes[0] ?? 0) + (bytes[1] ?? 0) * 256;
  if (bytes.length > preambleBytes && group === 8)
    return 'The file has no preamble and no meta information (group 0002): it begins with its data set, so nothing says how that is encoded. A DICOM toolkit can add both (dcmconv of DCMTK does).';
  return 'This is not a DICOM file: the letters DICM are not where the standard puts them, behind a preamble of 128 bytes.';
}

interface Meta {
  readonly transferSyntax: string;
  readonly syntaxOffset: number;
  readonly syntaxLength: number;
  /** Where the data set begins. */
  readonly end: number;
}

const longLengths = ['OB', 'OW', 'UN', 'SQ', 'UT'];

function readMeta(bytes: Uint8Array): Meta {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = preambleBytes + magic.length;
  let syntax: Omit<Meta, 'end'> | null = null;
  while (at + 8 <= bytes.length && view.getUint16(at, true) === 2) {
    const element = view.getUint16(at + 2, true);
    const vr = String.fromCharCode(view.getUint8(at + 4), view.getUint8(at + 5));
    const isLong = longLengths.includes(vr);
    if (isLong && at + 12 > bytes.length) break;
    const length = isLong ? view.getUint32(at + 8, true) : view.getUint16(at + 6, true);
    const value = at + (isLong ? 12 : 8);
    if (element === 0x10 && value + length <= bytes.length) {
      const text = String.fromCharCode(...bytes.subarray(value, value + length));
      syntax = { transferSyntax: text.replace(/[\0 ]+$/, ''), syntaxOffset: value, syntaxLength: length };
    }
    at = value + length;
  }
  if (!syntax)
    throw new UnreadableFile(
      at + 8 > bytes.length
        ? `The file is cut off: it ends within its meta information, after ${bytes.length} bytes.`
        : 'The meta information of the file names no transfer syntax (0002,0010), so nothing says how its data is encoded.',
    );
  return { ...syntax, end: at };
}

async function inflated(bytes: Uint8Array<ArrayBuffer>, meta: Meta): Promise<Uint8Array<ArrayBuffer>> {
  const packed = new Blob([bytes.subarray(meta.end)]).stream();
  const data = await new Response(packed.pipeThrough(new DecompressionStream('deflate-raw')))
    .arrayBuffer()
    .catch(() => {
      throw new UnreadableFile(
        'The deflated data set of the file is damaged or cut off: it does not unpack.',
      );
    });
  const whole = new Uint8Array(meta.end + data.byteLength);
  whole.set(bytes.subarray(0, meta.end));
  whole.set(new Uint8Array(data), meta.end);
  whole.fill(0, meta.syntaxOffset, meta.syntaxOffset + meta.syntaxLength);
  whole.set(new TextEncoder().encode(explicitLittleEndian), meta.syntaxOffset);
  return whole;
}
