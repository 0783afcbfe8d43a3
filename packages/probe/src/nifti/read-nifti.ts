import { startsWith } from '../ascii.js';
import type { ByteSource } from '../byte-source.js';
import { growHead, isWhole, type ObjectHead, readHead } from '../object-head.js';
import { ProbeError } from '../probe-error.js';
import type { Measured } from '../reader.js';
import { sniff } from '../sniff/sniff.js';
import { wrongType } from '../wrong-type.js';
import { gunzipHead } from './gunzip-head.js';
import { NIFTI_HEADER_BYTES, type NiftiHeader, parseNiftiHeader } from './nifti-header.js';

const HEAD_BYTES = 4096;
// A gzip header may carry a file name and comments of any length; nobody writes longer ones.
const MAX_HEAD_BYTES = 64 * 1024;

/** Reads the header alone, 4 KiB of the object. */
export async function readNifti(source: ByteSource): Promise<Measured<'nifti'>> {
  const head = await readHead(source, HEAD_BYTES);
  const isPacked = startsWith(head.bytes, '\x1f\x8b');
  const start = isPacked ? await unpack(source, head) : head.bytes;
  const header = parseNiftiHeader(start);
  if (!header) throw await notNifti(start, isPacked);
  if (header.isPair)
    throw new ProbeError(
      'unsupported',
      'The object is the header of a NIfTI pair (.hdr); its image data are in another file (.img). Register the single file (.nii or .nii.gz).',
    );
  if (!isPacked) checkLength(header, head.size);
  const [width = 1, height = 1, depth = 1, ...others] = header.dims;
  const numVolumes = others.reduce((product, side) => product * side, 1);
  if (numVolumes > 2 ** 31 - 1)
    throw new ProbeError('corrupt', `The NIfTI header says ${numVolumes} volumes.`);
  const mimeType = isPacked ? 'application/gzip' : 'application/x-nifti';
  return {
    metadata: { fileSize: head.size, mimeType, width, height, depth, numVolumes },
    facts: { version: header.version },
  };
}

async function unpack(source: ByteSource, head: ObjectHead): Promise<Uint8Array> {
  const unpacked = gunzipHead(head.bytes, NIFTI_HEADER_BYTES);
  if (unpacked.length === NIFTI_HEADER_BYTES || isWhole(head)) return unpacked;
  const grown = await growHead(source, head, MAX_HEAD_BYTES);
  return gunzipHead(grown.bytes, NIFTI_HEADER_BYTES);
}

async function notNifti(start: Uint8Array, isPacked: boolean): Promise<ProbeError> {
  const isCut = start.length < NIFTI_HEADER_BYTES && (start.length < 4 || beginsAsHeader(start));
  if (!isCut) return wrongType('nifti', await sniff(start, Number.POSITIVE_INFINITY));
  const found = `${start.length} bytes${isPacked ? ' when unpacked' : ''}`;
  return new ProbeError('truncated', `A NIfTI header has 348 or 540 bytes; the object has ${found}.`);
}

function beginsAsHeader(bytes: Uint8Array): boolean {
  const lengths = ['\x5c\x01\0\0', '\0\0\x01\x5c', '\x1c\x02\0\0', '\0\0\x02\x1c'];
  return lengths.some((length) => startsWith(bytes, length));
}

/** The size of a compressed image says nothing of whether it is whole. */
function checkLength({ dims, bitsPerVoxel, dataOffset }: NiftiHeader, size: number): void {
  const voxels = dims.reduce((product, side) => product * side, 1);
  const needed = dataOffset + Math.ceil((voxels * bitsPerVoxel) / 8);
  if (!(dataOffset >= 0) || bitsPerVoxel < 0)
    throw new ProbeError('corrupt', 'The NIfTI header says an impossible place or size of its voxels.');
  if (needed > size)
    throw new ProbeError(
      'truncated',
      `The NIfTI header says an image that ends at byte ${needed}; the object ends at byte ${size}.`,
    );
}
