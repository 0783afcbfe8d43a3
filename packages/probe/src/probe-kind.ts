import type {
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

/** What an object is said to be, and the metadata that measuring it gives. */
export interface ProbeResults {
  image: ImageMetadata;
  video: VideoMetadata;
  audio: AudioMetadata;
  text: TextMetadata;
  pdf: PdfMetadata;
  nifti: NiftiMetadata;
  dicom: DicomMetadata;
  pointCloud: PointCloudMetadata;
  timeSeries: TimeSeriesMetadata;
}
export type ProbeKind = keyof ProbeResults;
