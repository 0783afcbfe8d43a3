import { latin1, startsWith } from '../ascii.js';
import { ProbeError } from '../probe-error.js';
import { readElement } from './elements.js';
import { type EncodedBytes, encodedBytes, mustReach } from './encoded-bytes.js';

export interface DataSetStart {
  /** Where the data set begins behind the file's meta information. */
  readonly at: number;
  readonly isExplicit: boolean;
  readonly isLittleEndian: boolean;
  readonly isDeflated: boolean;
}

const IMPLICIT = '1.2.840.10008.1.2';
const DEFLATED = '1.2.840.10008.1.2.1.99';
const BIG_ENDIAN = '1.2.840.10008.1.2.2';
const TRANSFER_SYNTAX = '00020010';

/** Null if the bytes are no DICOM. Throws `BytesMissing` if they end within the meta information. */
export function findDataSet(bytes: Uint8Array): DataSetStart | null {
  if (startsWith(bytes, 'DICM', 128)) return readMeta(bytes, 132);
  // Files without preamble, as older software wrote them, begin with their meta information or data set at once.
  if (
    startsWith(bytes, '\x02\0\0\0') ||
    startsWith(bytes, '\x02\0\x01\0') ||
    startsWith(bytes, '\x02\0\x10\0')
  )
    return readMeta(bytes, 0);
  return guessEncoding(bytes);
}

/** Meta information (group 0002) is explicit and little endian whatever the data set is. */
function readMeta(bytes: Uint8Array, start: number): DataSetStart {
  const data = encodedBytes(bytes, { isExplicit: true, isLittleEndian: true });
  let transferSyntax = '';
  let at = start;
  for (let element = readElement(data, at); element.tag.startsWith('0002'); element = readElement(data, at)) {
    at = element.at + element.length;
    mustReach(data, at);
    if (element.tag === TRANSFER_SYNTAX) transferSyntax = latin1(bytes.subarray(element.at, at));
    // A file that holds nothing else.
    if (at === bytes.length) break;
  }
  return { at, ...encodingOf(transferSyntax.replace(/[\0 ]+$/, ''), data, at) };
}

type Encoding = Omit<DataSetStart, 'at'>;

/** All transfer syntaxes but four encode the data set alike; they differ in the pixels. */
function encodingOf(transferSyntax: string, data: EncodedBytes, at: number): Encoding {
  if (transferSyntax === '') return { ...(guessAt(data.bytes, at) ?? explicit), isDeflated: false };
  if (!/^[0-9.]+$/.test(transferSyntax))
    throw new ProbeError('corrupt', 'The DICOM file names no transfer syntax (0002,0010).');
  return {
    isExplicit: transferSyntax !== IMPLICIT,
    isLittleEndian: transferSyntax !== BIG_ENDIAN,
    isDeflated: transferSyntax === DEFLATED,
  };
}

const explicit = { isExplicit: true, isLittleEndian: true };

function guessEncoding(bytes: Uint8Array): DataSetStart | null {
  const guessed = guessAt(bytes, 0);
  return guessed && { at: 0, isDeflated: false, ...guessed };
}

/** By the first element, which is of group 0008 in nearly all data sets. */
function guessAt(bytes: Uint8Array, at: number): { isExplicit: boolean; isLittleEndian: boolean } | null {
  const isLittleEndian = startsWith(bytes, '\x08\0', at);
  if (!isLittleEndian && !startsWith(bytes, '\0\x08', at)) return null;
  if (bytes.length < at + 8) return null;
  const isExplicit = /^[A-Z]{2}$/.test(latin1(bytes.subarray(at + 4, at + 6)));
  const { length } = readElement(encodedBytes(bytes, { isExplicit, isLittleEndian }), at);
  // Elements of that group that come first are short: a length, a date, a name of a class.
  return length <= 256 ? { isExplicit, isLittleEndian } : null;
}
