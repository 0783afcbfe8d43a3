import type { ItemType } from '@latchkey/contract/kinds';
import type { MediaFamily } from '@latchkey/doctor/content-type';

const families: { readonly [Type in ItemType]?: MediaFamily } = {
  image: 'image',
  video: 'video',
  audio: 'audio',
  pdf: 'application/pdf',
  plainText: 'text',
  timeSeries: 'text',
};

/** What the storage should deliver an item of a type as; null: no content type is usual. */
export const mediaFamilyOf = (type: ItemType): MediaFamily | null => families[type] ?? null;
