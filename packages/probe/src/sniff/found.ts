import type { ProbeKind } from '../probe-kind.js';

/** What an object is, by its first bytes. */
export interface Found {
  /** With its article: "a PNG image". */
  readonly name: string;
  readonly mimeType: string;
  /** As what it can be measured, or could be if its format were supported. None: as nothing. */
  readonly kinds: readonly ProbeKind[];
}
