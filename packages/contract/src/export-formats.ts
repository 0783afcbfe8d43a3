import { type ItemType, itemTypes } from './kinds.js';

interface ExportFormatEntry {
  readonly title: string;
  readonly contentType: string;
  /** How the file is named behind the name of the folder. */
  readonly suffix: string;
  /** Items of other types are left out, and counted. */
  readonly itemTypes: readonly ItemType[];
  /** False: it names objects by what no signature belongs to. */
  readonly hasUrls: boolean;
}

const json = 'application/json';
const ndjson = 'application/x-ndjson';
const images = ['image', 'imageGroup', 'imageSequence'] as const;

/** The forms in which items leave. */
export const exportFormats = {
  items: { title: 'Items (NDJSON)', contentType: ndjson, suffix: 'items.ndjson', itemTypes, hasUrls: true },
  'manifest-json': {
    title: 'Manifest (JSON)',
    contentType: json,
    suffix: 'manifest.json',
    itemTypes,
    hasUrls: true,
  },
  'manifest-ndjson': {
    title: 'Manifest (NDJSON)',
    contentType: ndjson,
    suffix: 'manifest.ndjson',
    itemTypes,
    hasUrls: true,
  },
  'manifest-csv': {
    title: 'Manifest (CSV)',
    contentType: 'text/csv',
    suffix: 'manifest.csv',
    itemTypes,
    hasUrls: true,
  },
  'label-studio': {
    title: 'Label Studio tasks',
    contentType: json,
    suffix: 'label-studio.json',
    itemTypes: [...images, 'video', 'audio', 'plainText', 'pdf', 'timeSeries'],
    hasUrls: true,
  },
  cvat: {
    title: 'CVAT dataset manifest (images)',
    contentType: ndjson,
    suffix: 'manifest.jsonl',
    itemTypes: images,
    hasUrls: false,
  },
  'fiftyone-images': {
    title: 'FiftyOne dataset of images',
    contentType: json,
    suffix: 'fiftyone-images.json',
    itemTypes: images,
    hasUrls: true,
  },
  'fiftyone-videos': {
    title: 'FiftyOne dataset of videos',
    contentType: json,
    suffix: 'fiftyone-videos.json',
    itemTypes: ['video'],
    hasUrls: true,
  },
  coco: {
    title: 'COCO image list',
    contentType: json,
    suffix: 'coco.json',
    itemTypes: images,
    hasUrls: true,
  },
} as const satisfies Record<string, ExportFormatEntry>;

export type ExportFormat = keyof typeof exportFormats;
export const exportFormatNames = Object.keys(exportFormats) as ExportFormat[];

/** Why an item, or a member of one, is not in an export. */
export const leftOutReasons = {
  type: 'The format has no place for this type.',
  size_unknown: 'Width and height are not known, which the format needs.',
  no_url: 'The integration is gone, so that the object URL cannot be handed out.',
  other_bucket: 'The object is not in the bucket of the first one; such a file is of one bucket.',
  made_of_items: 'The group is made of registered items, which are exported as items of their own.',
  members_gone: 'All items of the group were deleted.',
} as const;
export type LeftOutReason = keyof typeof leftOutReasons;
export const leftOutReasonNames = Object.keys(leftOutReasons) as LeftOutReason[];
