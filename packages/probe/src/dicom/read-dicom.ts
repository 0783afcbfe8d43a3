import type { ByteSource } from '../byte-source.js';
import { growHead, isWhole, type ObjectHead, readHead } from '../object-head.js';
import { ProbeError } from '../probe-error.js';
import type { Measured } from '../reader.js';
import { sniff } from '../sniff/sniff.js';
import { wrongType } from '../wrong-type.js';
import { type DataSetStart, findDataSet } from './data-set-start.js';
import { toDicomJson } from './dicom-json.js';
import { type Element, endOfValue, readElement, UNDEFINED_LENGTH } from './elements.js';
import { BytesMissing, encodedBytes } from './encoded-bytes.js';
import { inflateHead, MAX_INFLATED_BYTES } from './inflate-head.js';
import { wantedTags } from './known-tags.js';

const HEAD_BYTES = 64 * 1024;
const SPECIFIC_CHARACTER_SET = '00080005';
const DIRECTORY_RECORDS = '00041220';
const pixelData = new Set(['7FE00008', '7FE00009', '7FE00010']);

/** Reads the data set up to its pixels: 64 KiB, more only where they begin later. */
export async function readDicom(source: ByteSource): Promise<Measured<'dicom'>> {
  let head = await readHead(source, HEAD_BYTES);
  for (;;) {
    const read = readFrom(head);
    if (read === null) throw wrongType('dicom', await sniff(head.bytes, head.size));
    if (!(read instanceof BytesMissing)) return { metadata: { tags: read } };
    head = await growHead(source, head, Math.max(head.bytes.length * 2, read.needed + HEAD_BYTES));
  }
}

type Tags = ReturnType<typeof toDicomJson>;

/** Null: no DICOM. `BytesMissing`: the head ends before the pixels, and there is more behind it. */
function readFrom(head: ObjectHead): Tags | BytesMissing | null {
  try {
    const start = findDataSet(head.bytes);
    return start && readDataSet(head, start);
  } catch (error) {
    if (!(error instanceof BytesMissing)) throw error;
    if (isWhole(head))
      throw new ProbeError('truncated', `${error.message} The object ends at byte ${head.size}.`);
    return error;
  }
}

function readDataSet(head: ObjectHead, start: DataSetStart): Tags {
  const packed = head.bytes.subarray(start.at);
  const bytes = start.isDeflated ? inflateHead(packed, isWhole(head)) : packed;
  const size = start.isDeflated ? null : head.size - start.at;
  const data = encodedBytes(bytes, start);
  const elements: Element[] = [];
  let at = 0;
  // A set that ends at the boundary of an element looks whole: it is, only if nothing follows it.
  const isComplete = isWhole(head) && bytes.length < MAX_INFLATED_BYTES;
  while (at < bytes.length || !isComplete) {
    const element = readElement(data, at);
    if (pixelData.has(element.tag)) {
      checkPixels(element, size);
      break;
    }
    if (element.tag === DIRECTORY_RECORDS)
      throw new ProbeError(
        'unsupported',
        'The object is a DICOMDIR, the index of a medium. Register the files that it lists.',
      );
    if (wantedTags.has(element.tag) || element.tag === SPECIFIC_CHARACTER_SET) elements.push(element);
    at = endOfValue(element);
  }
  const { [SPECIFIC_CHARACTER_SET]: _, ...tags } = toDicomJson(elements);
  return tags;
}

/** `size`: of the data set; null where that is deflated. */
function checkPixels({ at, length }: Element, size: number | null): void {
  if (size === null || length === UNDEFINED_LENGTH || at + length <= size) return;
  throw new ProbeError(
    'truncated',
    `The DICOM file says ${length} bytes of pixels; the object ends behind ${Math.max(0, size - at)} of them.`,
  );
}
