import type { WarningList } from '../warnings.js';
import type { ManifestOutline } from './outline.js';

/** Finds the elements behind the byte order mark. Methods throw `LatchkeyError`. */
export interface BodyScanner {
  readonly warnings: WarningList;
  /** Bytes read so far. */
  readonly offset: number;
  /** Bytes before this offset belong to no element that is still to be reported. */
  readonly reportedTo: number;
  push(chunk: Uint8Array): void;
  /** Takes the end of the input. Throws if it ends too early or lists nothing. */
  finish(): Omit<ManifestOutline, 'parts' | 'byteLength' | 'csvColumns'>;
}
