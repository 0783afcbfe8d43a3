import type { MediaMetadata } from '@latchkey/contract/schemas/media-metadata';
import type { MeasuredRow, MeasuredRows } from './unmeasured.js';

type Entry = readonly [row: number, metadata: readonly MediaMetadata[]];

/** What the first pass of an all-or-nothing job keeps for the second; null if there is nothing. */
export function toStoredMeasured(measured: MeasuredRows): Buffer | null {
  const entries = [...measured].flatMap(([row, found]): Entry[] => (found.ok ? [[row, found.metadata]] : []));
  return entries.length === 0 ? null : Buffer.from(JSON.stringify(entries));
}

export function fromStoredMeasured(stored: Uint8Array | null): MeasuredRows {
  if (stored === null) return new Map();
  // Written by `toStoredMeasured`.
  const entries = JSON.parse(Buffer.from(stored).toString()) as Entry[];
  return new Map(entries.map(([row, metadata]): [number, MeasuredRow] => [row, { ok: true, metadata }]));
}
