import type { TObject } from 'typebox';
import {
  AudioMetadata,
  ImageMetadata,
  PdfMetadata,
  TextMetadata,
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
  'group',
] as const;
export type ItemType = (typeof itemTypes)[number];

interface UnitKindEntry {
  /** Names of the manifest's array, the first one being the one we write. */
  readonly keys: readonly [string, ...string[]];
  readonly itemType: ItemType;
  /** Name and schema of the media metadata object; null for a kind that this version lists as unsupported. */
  readonly metadata: { readonly key: string; readonly schema: TObject } | null;
}

/** The arrays of a manifest, and what each of their elements becomes. */
export const unitKinds = {
  videos: {
    keys: ['videos', 'video'],
    itemType: 'video',
    metadata: { key: 'videoMetadata', schema: VideoMetadata },
  },
  images: {
    keys: ['images', 'image'],
    itemType: 'image',
    metadata: { key: 'imageMetadata', schema: ImageMetadata },
  },
  audio: {
    keys: ['audio', 'audios'],
    itemType: 'audio',
    metadata: { key: 'audioMetadata', schema: AudioMetadata },
  },
  text: {
    keys: ['text', 'texts'],
    itemType: 'plainText',
    metadata: { key: 'textMetadata', schema: TextMetadata },
  },
  pdfs: { keys: ['pdfs', 'pdf'], itemType: 'pdf', metadata: { key: 'pdfMetadata', schema: PdfMetadata } },
  nifti: { keys: ['nifti', 'niftis'], itemType: 'nifti', metadata: null },
  imageGroups: { keys: ['image_groups'], itemType: 'imageGroup', metadata: null },
  imageGroupsFromItems: { keys: ['image_groups_from_items'], itemType: 'imageGroup', metadata: null },
  dicomSeries: { keys: ['dicom_series'], itemType: 'dicomSeries', metadata: null },
  scenes: { keys: ['scenes'], itemType: 'scene', metadata: null },
  timeSeries: { keys: ['time_series'], itemType: 'group', metadata: null },
  dataGroups: { keys: ['data_groups'], itemType: 'group', metadata: null },
} as const satisfies Record<string, UnitKindEntry>;

export type UnitKind = keyof typeof unitKinds;
export const unitKindNames = Object.keys(unitKinds) as UnitKind[];
