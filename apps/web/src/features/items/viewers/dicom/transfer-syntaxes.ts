export const deflated = '1.2.840.10008.1.2.1.99';
export const explicitLittleEndian = '1.2.840.10008.1.2.1';

/** Those that the decoders of the build read, of DICOM PS3.6 annex A. */
const readable: Readonly<Record<string, string>> = {
  '1.2.840.10008.1.2': 'implicit VR little endian',
  [explicitLittleEndian]: 'explicit VR little endian',
  '1.2.840.10008.1.2.2': 'explicit VR big endian',
  '1.2.840.10008.1.2.5': 'RLE lossless',
  '1.2.840.10008.1.2.4.50': 'JPEG baseline',
  '1.2.840.10008.1.2.4.51': 'JPEG extended',
  '1.2.840.10008.1.2.4.57': 'JPEG lossless',
  '1.2.840.10008.1.2.4.70': 'JPEG lossless, first-order prediction',
  '1.2.840.10008.1.2.4.80': 'JPEG-LS lossless',
  '1.2.840.10008.1.2.4.81': 'JPEG-LS near-lossless',
  '1.2.840.10008.1.2.4.90': 'JPEG 2000 lossless',
  '1.2.840.10008.1.2.4.91': 'JPEG 2000',
  '1.2.840.10008.1.2.4.201': 'high-throughput JPEG 2000 lossless',
  '1.2.840.10008.1.2.4.202': 'high-throughput JPEG 2000 lossless, RPCL',
  '1.2.840.10008.1.2.4.203': 'high-throughput JPEG 2000',
};

const unreadable: readonly (readonly [prefix: string, name: string])[] = [
  ['1.2.840.10008.1.2.4.92', 'JPEG 2000 part 2'],
  ['1.2.840.10008.1.2.4.93', 'JPEG 2000 part 2'],
  ['1.2.840.10008.1.2.4.94', 'JPIP, whose pixels lie on another server'],
  ['1.2.840.10008.1.2.4.95', 'JPIP, whose pixels lie on another server'],
  ['1.2.840.10008.1.2.4.100', 'MPEG-2 video'],
  ['1.2.840.10008.1.2.4.101', 'MPEG-2 video'],
  ['1.2.840.10008.1.2.4.102', 'MPEG-4 video'],
  ['1.2.840.10008.1.2.4.103', 'MPEG-4 video'],
  ['1.2.840.10008.1.2.4.104', 'MPEG-4 video'],
  ['1.2.840.10008.1.2.4.105', 'MPEG-4 video'],
  ['1.2.840.10008.1.2.4.106', 'MPEG-4 video'],
  ['1.2.840.10008.1.2.4.107', 'HEVC video'],
  ['1.2.840.10008.1.2.4.108', 'HEVC video'],
];

export const isReadable = (uid: string): boolean => uid in readable;

export function transferSyntaxName(uid: string): string {
  const name = readable[uid] ?? unreadable.find(([known]) => known === uid)?.[1];
  return name ? `${name} (${uid})` : `the transfer syntax ${uid}`;
}
