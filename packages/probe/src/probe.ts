import {
  AudioMetadata,
  DicomMetadata,
  ImageMetadata,
  NiftiMetadata,
  PdfMetadata,
  PointCloudMetadata,
  TextMetadata,
  TimeSeriesMetadata,
  VideoMetadata,
} from '@latchkey/contract/schemas/media-metadata';
import type { TSchema } from 'typebox';
import { Check } from 'typebox/value';
import type { ByteSource } from './byte-source.js';
import { ProbeError } from './probe-error.js';
import type { ProbeKind, ProbeResults } from './probe-kind.js';
import type { Measured, Reader } from './reader.js';
import { sniffSource } from './sniff/sniff.js';
import { kindNames, wrongType } from './wrong-type.js';

type Readers = { readonly [K in ProbeKind]: () => Promise<Reader<K>> };

// Imported when first used: a browser loads the parsers of what it measures, and no others.
const readers: Readers = {
  image: async () => (await import('./image/read-image.js')).readImage,
  video: async () => (await import('./video/read-video.js')).readVideo,
  audio: async () => (await import('./audio/read-audio.js')).readAudio,
  text: async () => (await import('./text/read-text.js')).readText,
  pdf: async () => (await import('./pdf/read-pdf.js')).readPdf,
  nifti: async () => (await import('./nifti/read-nifti.js')).readNifti,
  dicom: async () => (await import('./dicom/read-dicom.js')).readDicom,
  pointCloud: async () => (await import('./point-cloud/read-point-cloud.js')).readPointCloud,
  timeSeries: async () => (await import('./time-series/read-time-series.js')).readTimeSeries,
};

const schemas: Readonly<Record<ProbeKind, TSchema>> = {
  image: ImageMetadata,
  video: VideoMetadata,
  audio: AudioMetadata,
  text: TextMetadata,
  pdf: PdfMetadata,
  nifti: NiftiMetadata,
  dicom: DicomMetadata,
  pointCloud: PointCloudMetadata,
  timeSeries: TimeSeriesMetadata,
};

/**
 * The metadata of an object that is said to be of this kind.
 *
 * @throws ProbeError alone, whatever the bytes are. A damaged object can keep a parser busy for ever: measure what
 * others gave in a `ProbePool`, which can end it.
 */
export async function probe<K extends ProbeKind>(kind: K, source: ByteSource): Promise<ProbeResults[K]> {
  return (await measure(kind, source)).metadata;
}

/** Like `probe`, with what else is known of the object. */
export async function measure<K extends ProbeKind>(kind: K, source: ByteSource): Promise<Measured<K>> {
  if ((await source.size()) === 0) throw new ProbeError('empty', 'The object is empty: it has no bytes.');
  const found = await sniffSource(source);
  if (found !== null && !found.kinds.includes(kind)) throw wrongType(kind, found);
  const read = await readers[kind]();
  const measured = await read(source).catch((error: unknown) => {
    throw toProbeError(kind, error);
  });
  if (!Check(schemas[kind], measured.metadata))
    throw new ProbeError(
      'corrupt',
      `What the object says of itself is no valid metadata of ${kindNames[kind]}.`,
    );
  return measured;
}

/** Parsers throw whatever they stumble over. An aborted measurement keeps its reason. */
function toProbeError(kind: ProbeKind, error: unknown): unknown {
  if (error instanceof ProbeError || (error instanceof Error && error.name === 'AbortError')) return error;
  return new ProbeError('corrupt', `The object can't be read as ${kindNames[kind]}: it is damaged.`, {
    cause: error,
  });
}
