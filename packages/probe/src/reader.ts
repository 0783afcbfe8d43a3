import type { ByteSource } from './byte-source.js';
import type { ProbeKind, ProbeResults } from './probe-kind.js';

/** What is known of an object beside its metadata, such as codec, encoding or orientation. */
export type Facts = Readonly<Record<string, string | number | boolean>>;

export interface Measured<K extends ProbeKind> {
  /** Exactly the fields of the contract. */
  readonly metadata: ProbeResults[K];
  readonly facts?: Facts;
}

/** Reads one kind of object. Rejects with `ProbeError`; any other error is taken for damage of the object. */
export type Reader<K extends ProbeKind> = (source: ByteSource) => Promise<Measured<K>>;
