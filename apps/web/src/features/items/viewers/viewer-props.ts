import type { Item } from '@latchkey/contract/schemas/item';

/** A viewer stays drawn when its URL fails and is replaced, so that its position survives. */
export interface ViewerProps {
  readonly item: Item;
  /** The signed URL exactly as it was given. */
  readonly url: string;
  /** Counts up when loading is to begin anew, also when the URL is the same. */
  readonly attempt: number;
  readonly onReady: () => void;
  /** With an `UnreadableFile` when the bytes arrived and are of no use: that is said, and nothing is asked again. */
  readonly onFail: (error?: unknown) => void;
}
