import type { TObject } from 'typebox';
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
} from './schemas/media-metadata.js';

export const itemTypes = [
  'video',
  'image',
  'imageGroup',
  'imageSequence',
  'dicomFile',
  'dicomSeries',
  'audio',
  'nifti',
  'plainText',
  'pdf',
  'scene',
  'timeSeries',
  'group',
] as const;
export type ItemType = (typeof itemTypes)[number];

/**
 * What an element holds: one object; the objects of its members, in order; one object or the streams of a scene; or
 * items that are registered already.
 */
export type UnitShape = 'object' | 'members' | 'scene' | 'items';

interface UnitKindEntry {
  /** Names of the manifest's array, the first one being the one we write. */
  readonly keys: readonly [string, ...string[]];
  readonly itemType: ItemType;
  readonly shape: UnitShape;
  /** Name and schema of the media metadata of an object; null where there is none. */
  readonly metadata: { readonly key: string; readonly schema: TObject } | null;
}

/** The arrays of a manifest, and what each of their elements becomes. */
export const unitKinds = {
  videos: {
    keys: ['videos', 'video'],
    itemType: 'video',
    shape: 'object',
    metadata: { key: 'videoMetadata', schema: VideoMetadata },
  },
  images: {
    keys: ['images', 'image'],
    itemType: 'image',
    shape: 'object',
    metadata: { key: 'imageMetadata', schema: ImageMetadata },
  },
  audio: {
    keys: ['audio', 'audios'],
    itemType: 'audio',
    shape: 'object',
    metadata: { key: 'audioMetadata', schema: AudioMetadata },
  },
  text: {
    keys: ['text', 'texts'],
    itemType: 'plainText',
    shape: 'object',
    metadata: { key: 'textMetadata', schema: TextMetadata },
  },
  pdfs: {
    keys: ['pdfs', 'pdf'],
    itemType: 'pdf',
    shape: 'object',
    metadata: { key: 'pdfMetadata', schema: PdfMetadata },
  },
  nifti: {
    keys: ['nifti', 'niftis'],
    itemType: 'nifti',
    shape: 'object',
    metadata: { key: 'niftiMetadata', schema: NiftiMetadata },
  },
  imageGroups: {
    keys: ['image_groups', 'image_group'],
    itemType: 'imageGroup',
    shape: 'members',
    metadata: { key: 'imageMetadata', schema: ImageMetadata },
  },
  imageGroupsFromItems: {
    keys: ['image_groups_from_items'],
    itemType: 'imageGroup',
    shape: 'items',
    metadata: null,
  },
  dicomSeries: {
    keys: ['dicom_series'],
    itemType: 'dicomSeries',
    shape: 'members',
    metadata: { key: 'dicomMetadata', schema: DicomMetadata },
  },
  scenes: {
    keys: ['scenes', 'scene'],
    itemType: 'scene',
    shape: 'scene',
    metadata: { key: 'pointCloudMetadata', schema: PointCloudMetadata },
  },
  timeSeries: {
    keys: ['time_series'],
    itemType: 'timeSeries',
    shape: 'object',
    metadata: { key: 'timeSeriesMetadata', schema: TimeSeriesMetadata },
  },
  dataGroups: { keys: ['data_groups', 'data_group'], itemType: 'group', shape: 'items', metadata: null },
} as const satisfies Record<string, UnitKindEntry>;

export type UnitKind = keyof typeof unitKinds;
export const unitKindNames = Object.keys(unitKinds) as UnitKind[];
