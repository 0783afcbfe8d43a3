import type { UnitKind } from '@latchkey/contract/kinds';
import { shownExtension } from './file-kinds.js';

/** Why a listed object is not in the manifest. */
export type LeftOut = 'filtered' | 'folder' | 'archived' | 'unknown';

/** What a scan has come across so far. */
export interface ScanCounts {
  listed: number;
  bytes: number;
  kinds: Partial<Record<UnitKind, number>>;
  leftOut: Record<LeftOut, number>;
  /** Of files of unknown kind, how many have which extension; those beyond the first hundred are `others`. */
  unknownExtensions: Record<string, number>;
}

const MOST_EXTENSIONS = 100;

export const noCounts = (): ScanCounts => ({
  listed: 0,
  bytes: 0,
  kinds: {},
  leftOut: { filtered: 0, folder: 0, archived: 0, unknown: 0 },
  unknownExtensions: {},
});

export function countUnknown({ unknownExtensions }: ScanCounts, key: string): void {
  const shown = shownExtension(key);
  const isKnown = shown in unknownExtensions || Object.keys(unknownExtensions).length < MOST_EXTENSIONS;
  const name = isKnown ? shown : 'others';
  unknownExtensions[name] = (unknownExtensions[name] ?? 0) + 1;
}

export const filesOf = ({ kinds }: ScanCounts): number =>
  Object.values(kinds).reduce((sum, count) => sum + count, 0);
