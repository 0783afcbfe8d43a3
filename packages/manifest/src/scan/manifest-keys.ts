import { type UnitKind, unitKindNames, unitKinds } from '@latchkey/contract/kinds';
import { splitSecret } from '@latchkey/locator/split-secret';

export interface ManifestFlags {
  skipDuplicateUrls: boolean;
  upsertMetadata: boolean;
  allowExpiredUrls: boolean;
}

export const noFlags: ManifestFlags = {
  skipDuplicateUrls: false,
  upsertMetadata: false,
  allowExpiredUrls: false,
};

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

const flagNames: readonly (keyof ManifestFlags)[] = [
  'skipDuplicateUrls',
  'upsertMetadata',
  'allowExpiredUrls',
];
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

/** Short, and without secrets: a URL in the wrong place may be signed. */
export function shortenKey(key: string): string {
  const shown = splitSecret(key).head.slice(0, 60);
  return shown.length < key.length ? `${shown}…` : key;
}

/** A key as messages show it. */
export const showKey = (key: string | null): string =>
  key === null ? 'a very long key' : JSON.stringify(shortenKey(key));
