import type { KeyObject } from 'node:crypto';
import type { ManifestLimits } from '@latchkey/contract/limits';
import type { ManifestForm } from '@latchkey/manifest/scan/manifest-events';
import type { ManifestFlags } from '@latchkey/manifest/scan/manifest-keys';
import type { ManifestOutline } from '@latchkey/manifest/scan/outline';
import type { SpoolConfig } from '@latchkey/spool/spool-config';
import type { PreparedPart, PrepareTask, RowDecision } from '../prepared-part.js';
import type { UnitSurvey } from '../unit-survey.js';
import type { UnmeasuredRow } from '../unmeasured.js';
import type { ThreadError } from './thread-error.js';

/** What a thread is started with. */
export interface ThreadOptions {
  readonly spool: SpoolConfig;
  /** The one that seals first. */
  readonly secretKeys: readonly KeyObject[];
}

/** In the place of those so far; comes before the requests that need them. */
export interface KeysMessage {
  readonly kind: 'keys';
  readonly secretKeys: readonly KeyObject[];
}

/** `decided` answers a `survey`; `memory` gives that of a part's rows back. */
export type PrepareRequest =
  | KeysMessage
  | { readonly kind: 'memory'; readonly memory: ArrayBuffer }
  | { readonly id: number; readonly kind: 'prepare'; readonly task: PrepareTask }
  | { readonly id: number; readonly kind: 'decided'; readonly decision: RowDecision }
  | { readonly id: number; readonly kind: 'abandon' };
/** `survey` comes first where the caller decides. */
export type PrepareReply =
  | {
      readonly id: number;
      readonly kind: 'survey';
      readonly survey: UnitSurvey;
      readonly unmeasured: readonly UnmeasuredRow[];
    }
  | { readonly id: number; readonly kind: 'prepared'; readonly prepared: PreparedPart }
  | { readonly id: number; readonly kind: 'failed'; readonly error: ThreadError };

export interface ReceiveOptions {
  readonly spoolKey: string;
  readonly form: ManifestForm | 'csv';
  readonly flags: ManifestFlags;
  readonly gzip: boolean;
  readonly limits: ManifestLimits;
}

export interface Received {
  /** SHA-256 of the body as it came over the wire. */
  readonly digest: Uint8Array;
  /** What the manifest lists, or why it is none. */
  readonly result: { readonly outline: ManifestOutline } | { readonly refusal: ThreadError };
}

/** `cut`: the body ended before it was complete. */
export type ReceiveRequest =
  | KeysMessage
  | { readonly id: number; readonly kind: 'start'; readonly options: ReceiveOptions }
  | { readonly id: number; readonly kind: 'chunk'; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly id: number; readonly kind: 'end' }
  | { readonly id: number; readonly kind: 'cut' };

/** `taken` gives the memory of a chunk back, to be filled anew. */
export type ReceiveReply =
  | { readonly id: number; readonly kind: 'taken'; readonly block: Uint8Array<ArrayBuffer> }
  | { readonly id: number; readonly kind: 'received'; readonly received: Received }
  | { readonly id: number; readonly kind: 'failed'; readonly error: ThreadError };
