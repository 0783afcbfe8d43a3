import { type ExportFormat, exportFormats } from '@latchkey/contract/export-formats';
import { itemTypes } from '@latchkey/contract/kinds';
import { itemTypeLabels } from '../../../components/storage/item-types.js';

/** What each format is for, in a sentence. */
export const formatUses: Readonly<Record<ExportFormat, string>> = {
  items: 'All that the API tells of each item, one a line, for programs.',
  'manifest-json': 'Registers again to the same items, here or elsewhere.',
  'manifest-ndjson': 'Registers again to the same items; one unit a line.',
  'manifest-csv': 'Registers again to the same items; opens in a spreadsheet.',
  'label-studio': 'Tasks to import. A project takes tasks of one type: filter the list by type first.',
  cvat: 'manifest.jsonl for a bucket that CVAT reads by itself: images of one bucket, named by their keys.',
  'fiftyone-images': 'Loads with fiftyone.Dataset.from_json.',
  'fiftyone-videos': 'Loads with fiftyone.Dataset.from_json.',
  coco: 'A COCO file with images and no annotations yet.',
};

/** The types that a format cannot hold, as people call them; empty for one that holds all. */
export function missingTypes(format: ExportFormat): string[] {
  const held: readonly string[] = exportFormats[format].itemTypes;
  // No item is a single DICOM file: they are members of a series.
  return itemTypes
    .filter((type) => type !== 'dicomFile' && !held.includes(type))
    .map((type) => itemTypeLabels[type]);
}
