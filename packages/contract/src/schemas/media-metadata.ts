import { type Static, Type } from 'typebox';

const Size = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER, description: 'Bytes.' });
const Mime = Type.String({ minLength: 1, maxLength: 255 });
const Pixels = Type.Integer({ minimum: 1, maximum: 2 ** 31 - 1 });
const Seconds = Type.Number({ minimum: 0, description: 'Seconds.' });
const Count = Type.Integer({ minimum: 0, maximum: 2 ** 31 - 1 });

/** All fields are compulsory when the object is present: the server trusts them instead of reading the file. */
export const ImageMetadata = Type.Object({ mimeType: Mime, fileSize: Size, width: Pixels, height: Pixels });
export const VideoMetadata = Type.Object({
  fps: Type.Number({ exclusiveMinimum: 0 }),
  duration: Seconds,
  width: Pixels,
  height: Pixels,
  fileSize: Size,
  mimeType: Mime,
});
export const AudioMetadata = Type.Object({
  duration: Seconds,
  fileSize: Size,
  mimeType: Mime,
  sampleRate: Count,
  bitDepth: Count,
  codec: Type.String({ minLength: 1, maxLength: 100 }),
  numChannels: Count,
});
export const TextMetadata = Type.Object({ fileSize: Size, mimeType: Mime });
export const PdfMetadata = Type.Object({ fileSize: Size, numPages: Count });

/** The published format names no object for the last four; these are ours. */
export const NiftiMetadata = Type.Object({
  fileSize: Size,
  mimeType: Mime,
  width: Pixels,
  height: Pixels,
  depth: Pixels,
  numVolumes: Type.Integer({
    minimum: 1,
    maximum: 2 ** 31 - 1,
    description: '1 unless it is a time series.',
  }),
});
export const PointCloudMetadata = Type.Object({ fileSize: Size, mimeType: Mime, numPoints: Size });
export const TimeSeriesMetadata = Type.Object({ fileSize: Size, mimeType: Mime });

/** By tag of eight hexadecimal digits an element as in DICOM JSON, or null: `{"vr": "US", "Value": [512]}`. */
export const DicomTags = Type.Record(
  Type.String({ pattern: '^[0-9A-Fa-f]{8}$' }),
  Type.Union([
    Type.Object({ vr: Type.String(), Value: Type.Optional(Type.Array(Type.Unknown())) }),
    Type.Null(),
  ]),
);
export const DicomMetadata = Type.Object({ tags: DicomTags });

export type ImageMetadata = Static<typeof ImageMetadata>;
export type VideoMetadata = Static<typeof VideoMetadata>;
export type AudioMetadata = Static<typeof AudioMetadata>;
export type TextMetadata = Static<typeof TextMetadata>;
export type PdfMetadata = Static<typeof PdfMetadata>;
export type NiftiMetadata = Static<typeof NiftiMetadata>;
export type PointCloudMetadata = Static<typeof PointCloudMetadata>;
export type TimeSeriesMetadata = Static<typeof TimeSeriesMetadata>;
export type DicomTags = Static<typeof DicomTags>;
export type DicomMetadata = Static<typeof DicomMetadata>;
export type MediaMetadata =
  | ImageMetadata
  | VideoMetadata
  | AudioMetadata
  | TextMetadata
  | PdfMetadata
  | NiftiMetadata
  | PointCloudMetadata
  | TimeSeriesMetadata
  | DicomMetadata;
