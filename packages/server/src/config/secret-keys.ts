import { createSecretKey, type KeyObject } from 'node:crypto';
import { newSecretKey, readKeyLines, secretKeyPath, writeKeyLines } from './secret-key-file.js';
import { ConfigError, type Environment } from './settings.js';

const variable = 'LATCHKEY_SECRET_KEY';
const previousVariable = 'LATCHKEY_PREVIOUS_SECRET_KEYS';

/**
 * The keys that seal secrets, the newest first: of LATCHKEY_SECRET_KEY and LATCHKEY_PREVIOUS_SECRET_KEYS, else of the
 * file in the data directory, which is made on first start.
 */
export function readSecretKeys(environment: Environment, dataDir: string): KeyObject[] {
  const given = environment[variable]?.trim();
  const previous = (environment[previousVariable] ?? '').split(/[\s,]+/).filter((text) => text !== '');
  if (given) {
    const others = previous.map((text) => parseSecretKey(text, `Each key of ${previousVariable}`));
    return distinct([parseSecretKey(given, variable), ...others]);
  }
  if (previous.length > 0)
    throw new ConfigError(`${previousVariable} needs ${variable}, the key in their place.`);
  return readKeyFile(secretKeyPath(dataDir));
}

/** Whether the keys can change while the process runs. */
export const usesKeyFile = (environment: Environment): boolean => !environment[variable]?.trim();

function readKeyFile(path: string): KeyObject[] {
  if (readKeyLines(path).length === 0) writeKeyLines(path, [newSecretKey()]);
  return distinct(readKeyLines(path).map((line) => parseSecretKey(line, `Each line of the file ${path}`)));
}

const distinct = (keys: readonly KeyObject[]): KeyObject[] =>
  keys.filter((key, index) => keys.findIndex((other) => other.equals(key)) === index);

export function parseSecretKey(value: string, source: string): KeyObject {
  const bytes = /^[0-9a-f]{64}$/i.test(value) ? Buffer.from(value, 'hex') : Buffer.from(value, 'base64');
  if (bytes.length === 32) return createSecretKey(bytes);
  throw new ConfigError(`${source} must be 32 bytes in base64 or hexadecimal.`);
}
