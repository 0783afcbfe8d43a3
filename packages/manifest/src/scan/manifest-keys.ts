import { type UnitKind, unitKindNames, unitKinds } from '@latchkey/contract/kinds';

export interface ManifestFlags {
  skipDuplicateUrls: boolean;
  upsertMetadata: boolean;
}

export type EnvelopeField = 'externalFiles' | 'dataItems' | 'integrationHash' | 'ignoreErrors' | 'fileName';

const toCamel = (key: string): string =>
  key.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
const toSnake = (key: string): string => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const bothCases = <Value>(key: string, value: Value): [string, Value][] => [
  [toCamel(key), value],
  [toSnake(toCamel(key)), value],
];

export const arrayKeys: ReadonlyMap<string, UnitKind> = new Map(
  unitKindNames.flatMap((kind) => unitKinds[kind].keys.flatMap((key) => bothCases(key, kind))),
);

const flagNames: readonly (keyof ManifestFlags)[] = ['skipDuplicateUrls', 'upsertMetadata'];
export const flagKeys: ReadonlyMap<string, keyof ManifestFlags> = new Map(
  flagNames.flatMap((name) => bothCases(name, name)),
);

const envelopeNames: readonly EnvelopeField[] = [
  'externalFiles',
  'dataItems',
  'integrationHash',
  'ignoreErrors',
  'fileName',
];
export const envelopeKeys: ReadonlyMap<string, EnvelopeField> = new Map(
  envelopeNames.flatMap((name) => bothCases(name, name)),
);

/** A key as messages show it: short, in quotes. */
export function showKey(key: string | null): string {
  if (key === null) return 'a very long key';
  return JSON.stringify(key.length > 60 ? `${key.slice(0, 60)}…` : key);
}
