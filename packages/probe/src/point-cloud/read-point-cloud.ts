import type { ByteSource } from '../byte-source.js';
import { growHead, isWhole, type ObjectHead, readHead } from '../object-head.js';
import { ProbeError } from '../probe-error.js';
import type { Measured } from '../reader.js';
import { sniff } from '../sniff/sniff.js';
import { wrongType } from '../wrong-type.js';
import { parseLasHeader } from './las-header.js';
import { parsePcdHeader } from './pcd-header.js';
import { parsePlyHeader } from './ply-header.js';
import { findPointCloudFormat, formatBytes, type PointCloudFormat } from './point-cloud-format.js';
import { HeaderGoesOn, maxHeaderBytes, type PointCloudHeader } from './point-cloud-header.js';

type ParseHeader = (bytes: Uint8Array) => PointCloudHeader;

const parsers: Readonly<Record<PointCloudFormat, ParseHeader>> = {
  las: parseLasHeader,
  laz: parseLasHeader,
  pcd: parsePcdHeader,
  ply: parsePlyHeader,
};

/** Reads the header of PCD, PLY, LAS and LAZ: 4 KiB, more only where the header is longer. */
export async function readPointCloud(source: ByteSource): Promise<Measured<'pointCloud'>> {
  const head = await readHead(source, formatBytes);
  const parse = await chooseParser(head);
  const header = await parseGrowing(source, head, parse);
  const { mimeType, format, numPoints, minSize } = header;
  if (minSize > head.size)
    throw new ProbeError(
      'truncated',
      `The ${format} header says ${numPoints} points, which need ${minSize} bytes; the object has ${head.size}.`,
    );
  return { metadata: { fileSize: head.size, mimeType, numPoints }, facts: { format } };
}

async function chooseParser({ bytes, size }: ObjectHead): Promise<ParseHeader> {
  const format = findPointCloudFormat(bytes);
  if (format) return parsers[format];
  const found = await sniff(bytes, size);
  if (found?.kinds.includes('pointCloud'))
    throw new ProbeError(
      'unsupported',
      `The object is ${found.name}; PCD, PLY, LAS and LAZ are measured. Give its pointCloudMetadata in the manifest.`,
    );
  throw wrongType('pointCloud', found);
}

async function parseGrowing(
  source: ByteSource,
  head: ObjectHead,
  parse: ParseHeader,
): Promise<PointCloudHeader> {
  try {
    return parse(head.bytes);
  } catch (error) {
    if (!(error instanceof HeaderGoesOn)) throw error;
    if (isWhole(head))
      throw new ProbeError('truncated', `${error.message} The object ends within its header.`);
    if (head.bytes.length >= maxHeaderBytes)
      throw new ProbeError('corrupt', `${error.message} It was sought in the first ${maxHeaderBytes} bytes.`);
  }
  return parseGrowing(source, await growHead(source, head, head.bytes.length * 16), parse);
}
