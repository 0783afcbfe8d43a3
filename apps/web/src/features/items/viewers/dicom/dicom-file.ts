import { type DataSet, parseDicom } from 'dicom-parser';
import { formatBytes } from '../../../../lib/format.js';
import { UnreadableFile } from '../../failure/unreadable-file.js';
import { openPart10 } from './part10.js';
import { isReadable, transferSyntaxName } from './transfer-syntaxes.js';

export interface DicomFile {
  /** The file as the decoders read it. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly dataSet: DataSet;
  readonly transferSyntax: string;
  readonly frameCount: number;
}

const pixelData = 'x7fe00010';

/** @throws {UnreadableFile} which says why the file has no image that can be shown */
export async function readDicomFile(given: Uint8Array<ArrayBuffer>): Promise<DicomFile> {
  const { bytes, transferSyntax } = await openPart10(given);
  if (!isReadable(transferSyntax))
    throw new UnreadableFile(
      `The pixels are encoded as ${transferSyntaxName(transferSyntax)}, which this viewer cannot decode.`,
    );
  const dataSet = parse(bytes);
  const frameCount = Math.max(dataSet.intString('x00280008') ?? 1, 1);
  checkImage(dataSet, bytes.length, frameCount);
  return { bytes, dataSet, transferSyntax, frameCount };
}

function parse(bytes: Uint8Array): DataSet {
  try {
    return parseDicom(bytes);
  } catch (error) {
    // dicom-parser throws plain objects and strings as well.
    throw new UnreadableFile(
      `The file is cut off or damaged: its data set cannot be read to the end of its ${formatBytes(bytes.length)}.`,
      { cause: error },
    );
  }
}

function checkImage(dataSet: DataSet, fileBytes: number, frameCount: number): void {
  const pixels = dataSet.elements[pixelData];
  if (!pixels) throw new UnreadableFile(describeMissingPixels(dataSet));
  const rows = dataSet.uint16('x00280010') ?? 0;
  const columns = dataSet.uint16('x00280011') ?? 0;
  if (rows === 0 || columns === 0)
    throw new UnreadableFile('The file says neither Rows (0028,0010) nor Columns (0028,0011) of its image.');
  const present = fileBytes - pixels.dataOffset;
  const bits = (dataSet.uint16('x00280100') ?? 8) * (dataSet.uint16('x00280002') ?? 1);
  const isPacked = pixels.encapsulatedPixelData ?? false;
  const wanted = isPacked ? pixels.length : Math.ceil((rows * columns * bits) / 8) * frameCount;
  if (Math.min(present, isPacked ? present : pixels.length) < wanted)
    throw new UnreadableFile(
      `The file is cut off: its image needs ${formatBytes(wanted)}, and ${formatBytes(Math.max(present, 0))} are there.`,
    );
}

function describeMissingPixels(dataSet: DataSet): string {
  const modality = dataSet.string('x00080060');
  return modality
    ? `The file has no image: it is of the modality ${modality} and has no pixel data (7FE0,0010).`
    : 'The file has no image, or it is cut off before it: there is no pixel data (7FE0,0010).';
}
