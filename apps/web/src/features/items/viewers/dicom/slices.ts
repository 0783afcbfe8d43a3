import type { Item } from '@latchkey/contract/schemas/item';
import type { DicomFile } from './dicom-file.js';
import type { Placement } from './placement.js';

/** An object that a series is loaded from. */
export interface Source {
  readonly item: Item;
  /** Signed, exactly as it was given. */
  readonly url: string;
}

export type SliceState =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'ready'; readonly file: DicomFile }
  | { readonly kind: 'failed'; readonly error: unknown };

/** One image of a stack: a file, or a frame of a file. */
export interface Slice {
  readonly key: string;
  /** What the renderer calls it. */
  readonly imageId: string;
  readonly name: string;
  readonly item: Item;
  /** Counts from 0. */
  readonly frame: number;
  readonly placement: Placement | null;
  readonly state: SliceState;
}

export const sliceKey = (itemUuid: string, frame: number): string => `${itemUuid}#${frame}`;
