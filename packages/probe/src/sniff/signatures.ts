import type { ProbeKind } from '../probe-kind.js';
import type { Found } from './found.js';

/** A signature: the Latin-1 text or bytes that stand at `at`. All parts have to be there. */
type Part = readonly [at: number, text: string];
interface Signature extends Found {
  readonly parts: readonly Part[];
}

const signature = (
  name: string,
  mimeType: string,
  kinds: readonly ProbeKind[],
  ...parts: readonly Part[]
): Signature => ({ name, mimeType, kinds, parts });

const av: readonly ProbeKind[] = ['video', 'audio'];

const signatures: readonly Signature[] = [
  // The preamble of a DICOM file may be the header of a TIFF, so that either software reads it.
  signature('a DICOM file', 'application/dicom', ['dicom', 'image'], [0, 'II*\0'], [128, 'DICM']),
  signature('a DICOM file', 'application/dicom', ['dicom', 'image'], [0, 'MM\0*'], [128, 'DICM']),
  signature('a DICOM file', 'application/dicom', ['dicom'], [128, 'DICM']),
  signature('a JPEG image', 'image/jpeg', ['image'], [0, '\xff\xd8\xff']),
  signature('a PNG image', 'image/png', ['image'], [0, '\x89PNG\r\n\x1a\n']),
  signature('a GIF image', 'image/gif', ['image'], [0, 'GIF87a']),
  signature('a GIF image', 'image/gif', ['image'], [0, 'GIF89a']),
  signature('a WebP image', 'image/webp', ['image'], [0, 'RIFF'], [8, 'WEBP']),
  signature('a BMP image', 'image/bmp', ['image'], [0, 'BM'], [6, '\0\0\0\0']),
  signature('a TIFF image', 'image/tiff', ['image'], [0, 'II*\0']),
  signature('a TIFF image', 'image/tiff', ['image'], [0, 'MM\0*']),
  signature('a TIFF image', 'image/tiff', ['image'], [0, 'II+\0']),
  signature('a TIFF image', 'image/tiff', ['image'], [0, 'MM\0+']),
  signature('an AVIF image', 'image/avif', ['image'], [4, 'ftypavif']),
  signature('an AVIF image', 'image/avif', ['image'], [4, 'ftypavis']),
  signature('an HEIC image', 'image/heic', ['image'], [4, 'ftyphei']),
  signature('an HEIC image', 'image/heic', ['image'], [4, 'ftyphev']),
  signature('an HEIF image', 'image/heif', ['image'], [4, 'ftypmif1']),
  signature('an MPEG-4 audio file', 'audio/mp4', ['audio'], [4, 'ftypM4A ']),
  signature('an MPEG-4 audio book', 'audio/mp4', ['audio'], [4, 'ftypM4B ']),
  signature('a QuickTime movie', 'video/quicktime', av, [4, 'ftypqt']),
  signature('an MP4 file', 'video/mp4', av, [4, 'ftyp']),
  signature('a Matroska or WebM file', 'video/x-matroska', av, [0, '\x1a\x45\xdf\xa3']),
  signature('an AVI video', 'video/x-msvideo', ['video'], [0, 'RIFF'], [8, 'AVI ']),
  signature('a Windows Media file', 'video/x-ms-asf', av, [0, '\x30\x26\xb2\x75\x8e\x66\xcf\x11']),
  signature('an FLV video', 'video/x-flv', ['video'], [0, 'FLV\x01']),
  signature('an MPEG program stream', 'video/mpeg', ['video'], [0, '\0\0\x01\xba']),
  signature('an MPEG video stream', 'video/mpeg', ['video'], [0, '\0\0\x01\xb3']),
  signature('a WAV file', 'audio/wav', ['audio'], [0, 'RIFF'], [8, 'WAVE']),
  signature('a WAV file (RF64)', 'audio/wav', ['audio'], [0, 'RF64'], [8, 'WAVE']),
  signature('a FLAC file', 'audio/flac', ['audio'], [0, 'fLaC']),
  signature('an Ogg file', 'audio/ogg', av, [0, 'OggS']),
  signature('an AIFF file', 'audio/aiff', ['audio'], [0, 'FORM'], [8, 'AIF']),
  signature('an AC-3 file', 'audio/ac3', ['audio'], [0, '\x0b\x77']),
  signature('a NIfTI volume', 'application/x-nifti', ['nifti'], [344, 'n+1\0']),
  signature('a NIfTI header', 'application/x-nifti', ['nifti'], [344, 'ni1\0']),
  signature('a NIfTI volume', 'application/x-nifti', ['nifti'], [4, 'n+2\0\r\n\x1a\n']),
  signature('a NIfTI header', 'application/x-nifti', ['nifti'], [4, 'ni2\0\r\n\x1a\n']),
  signature('a LAS point cloud', 'application/vnd.las', ['pointCloud'], [0, 'LASF']),
  signature('a PLY point cloud', 'application/x-ply', ['pointCloud'], [0, 'ply\n']),
  signature('a PLY point cloud', 'application/x-ply', ['pointCloud'], [0, 'ply\r']),
  signature('an E57 point cloud', 'model/e57', ['pointCloud'], [0, 'ASTM-E57']),
  signature('an MCAP recording', 'application/x-mcap', ['pointCloud'], [0, '\x89MCAP']),
  signature('a ROS bag', 'application/x-rosbag', ['pointCloud'], [0, '#ROSBAG']),
  signature('a ROS 2 bag (SQLite)', 'application/vnd.sqlite3', ['pointCloud'], [0, 'SQLite format 3\0']),
  signature('a gzip archive', 'application/gzip', ['nifti'], [0, '\x1f\x8b']),
];

/** A text may begin like these ("The wide ..."). */
const weakSignatures: readonly Signature[] = [
  signature('an MPEG transport stream', 'video/mp2t', av, [0, 'G'], [188, 'G'], [376, 'G']),
  signature('a QuickTime movie', 'video/quicktime', av, [4, 'moov']),
  signature('a QuickTime movie', 'video/quicktime', av, [4, 'mdat']),
  signature('a QuickTime movie', 'video/quicktime', av, [0, '\0\0\0\x08'], [4, 'wide']),
];

/** What a signature at a fixed place tells. */
export function findSignature(head: Uint8Array): Found | null {
  return find(signatures, head);
}

/** The same of bytes that are no text. */
export function findWeakSignature(head: Uint8Array): Found | null {
  return find(weakSignatures, head);
}

function find(among: readonly Signature[], head: Uint8Array): Found | null {
  return among.find(({ parts }) => parts.every(([at, text]) => holds(head, at, text))) ?? null;
}

function holds(head: Uint8Array, at: number, text: string): boolean {
  for (let i = 0; i < text.length; i += 1) if (head[at + i] !== text.charCodeAt(i)) return false;
  return true;
}
