import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export interface ImageMetadata {
  mimeType: string;
  fileSize: number;
  width: number;
  height: number;
}

export interface VideoMetadata {
  fps: number;
  /** Seconds. */
  duration: number;
  width: number;
  height: number;
  fileSize: number;
  mimeType: string;
}

export interface AudioMetadata {
  /** Seconds. */
  duration: number;
  fileSize: number;
  mimeType: string;
  /** Hz. */
  sampleRate: number;
  bitDepth: number;
  codec: string;
  numChannels: number;
}

export interface TextMetadata {
  fileSize: number;
  mimeType: string;
}

export interface PdfMetadata {
  fileSize: number;
  numPages: number;
}

export interface PointCloudMetadata {
  fileSize: number;
  mimeType: string;
  numPoints: number;
}

export interface TimeSeriesMetadata {
  fileSize: number;
  mimeType: string;
}

export interface NiftiMetadata {
  fileSize: number;
  mimeType: string;
  width: number;
  height: number;
  depth: number;
  numVolumes: number;
}

export interface DicomMetadata {
  /** By tag of eight hexadecimal digits its element as in DICOM JSON. */
  tags: Record<string, object | null>;
}

interface DemoObjectBase {
  /** For example `images/mandelbrot.jpg`. */
  key: string;
  title: string;
  contentType: string;
  clientMetadata: Record<string, string>;
  /** Absolute. */
  filePath: string;
}

/**
 * A media file and the element that a manifest needs for it; `kind` is the manifest's own spelling. The files of a DICOM
 * series stand one behind the other and have its title.
 */
export type DemoObject = DemoObjectBase &
  (
    | { kind: 'images'; imageMetadata: ImageMetadata }
    | { kind: 'videos'; videoMetadata: VideoMetadata }
    | { kind: 'audio'; audioMetadata: AudioMetadata }
    | { kind: 'text'; textMetadata: TextMetadata }
    | { kind: 'pdfs'; pdfMetadata: PdfMetadata }
    | { kind: 'scenes'; pointCloudMetadata: PointCloudMetadata }
    | { kind: 'time_series'; timeSeriesMetadata: TimeSeriesMetadata; settings: object }
    | { kind: 'nifti'; niftiMetadata: NiftiMetadata }
    | { kind: 'dicom_series'; dicomMetadata: DicomMetadata }
  );

/** The demo's files, measured by `scripts/measure-media.sh` and `scripts/measure-volumes.py`. */
export function demoMedia(): DemoObject[] {
  const media = new URL('../media/', import.meta.url);
  const objects = JSON.parse(readFileSync(new URL('media.json', media), 'utf8')) as DemoObject[];
  return objects.map((object) => ({ ...object, filePath: fileURLToPath(new URL(object.key, media)) }));
}
