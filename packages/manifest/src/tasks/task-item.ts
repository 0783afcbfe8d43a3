import type { LeftOutReason } from '@latchkey/contract/export-formats';
import type { ItemType } from '@latchkey/contract/kinds';

/** What a task file says of one object. */
export interface TaskObject {
  readonly uuid: string;
  readonly itemType: ItemType;
  readonly name: string;
  /** Signed or not; null where it cannot be handed out. */
  readonly url: string | null;
  readonly width: number | null;
  readonly height: number | null;
  readonly fileSize: number | null;
  readonly mimeType: string | null;
  readonly duration: number | null;
  readonly fps: number | null;
  readonly frameCount: number | null;
}

/** An item with the objects of its members, in order; `url` is null if the members have them. */
export interface TaskItem extends TaskObject {
  readonly createdAt: string;
  readonly clientMetadata: Readonly<Record<string, unknown>>;
  readonly members: readonly TaskObject[];
  /** A group of items that are registered by themselves. */
  readonly isMadeOfItems: boolean;
}

export type LeaveOut = (itemType: ItemType, reason: LeftOutReason) => void;

/** Writes a task file, item by item: the text is head, then what each item gives, then end. */
export interface TaskWriter {
  readonly head: string;
  /** Empty if nothing of the item is written; what is not, is told to `leaveOut`. */
  item(item: TaskItem, leaveOut: LeaveOut): string;
  /** `leftOut` is all that was, for formats that have room for it. */
  end(leftOut: readonly unknown[]): string;
}

/** What a file says of itself. */
export interface TaskFile {
  readonly name: string;
  readonly now: Date;
}

/** The images of an item that have a URL: itself, or those that it groups. */
export function imagesOf(item: TaskItem, leaveOut: LeaveOut): (TaskObject & { url: string })[] {
  if (item.isMadeOfItems) {
    leaveOut(item.itemType, 'made_of_items');
    return [];
  }
  const images = item.itemType === 'image' ? [item] : item.members;
  return images.filter((image): image is TaskObject & { url: string } => {
    if (image.url === null) leaveOut(image.itemType, 'no_url');
    return image.url !== null;
  });
}

/** The images whose size is known. */
export function sizedImagesOf(
  item: TaskItem,
  leaveOut: LeaveOut,
): (TaskObject & { url: string; width: number; height: number })[] {
  return imagesOf(item, leaveOut).filter(
    (image): image is TaskObject & { url: string; width: number; height: number } => {
      const isSized = image.width !== null && image.height !== null;
      if (!isSized) leaveOut(image.itemType, 'size_unknown');
      return isSized;
    },
  );
}

/** Writes values as the elements of a JSON array, one a line, in as many pieces as it likes. */
export class JsonElements {
  private isFirst = true;

  text(values: readonly unknown[]): string {
    return values.map((value) => this.one(value)).join('');
  }

  private one(value: unknown): string {
    const separator = this.isFirst ? '\n' : ',\n';
    this.isFirst = false;
    return separator + JSON.stringify(value);
  }
}
