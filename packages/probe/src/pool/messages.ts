import type { ProbeErrorCode } from '../probe-error.js';
import type { ProbeKind } from '../probe-kind.js';
import type { Measured } from '../reader.js';

/** What the pool asks of a worker. `target` says to the worker's own code how to reach the object. */
export type Request =
  | {
      readonly type: 'measure';
      readonly id: number;
      readonly kind: ProbeKind;
      readonly target: unknown;
      readonly timeoutMs: number;
    }
  | { readonly type: 'cancel'; readonly id: number }
  | { readonly type: 'ping' };

export type Response =
  | { readonly type: 'measured'; readonly id: number; readonly measured: Measured<ProbeKind> }
  | { readonly type: 'failed'; readonly id: number; readonly code: ProbeErrorCode; readonly message: string }
  /** Not the object's fault. */
  | { readonly type: 'fault'; readonly id: number; readonly message: string }
  /** Once its modules are loaded, and in answer to each ping. */
  | { readonly type: 'alive' };
