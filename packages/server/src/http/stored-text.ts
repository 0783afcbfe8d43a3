import { clientMetadataProblem } from '@latchkey/contract/client-metadata';
import { LatchkeyError } from '@latchkey/contract/errors';

const metadataDepth = 100;
export const uuidPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** PostgreSQL takes no NUL in a text, and half a surrogate pair would not come back as it was given. */
export function isStorable(text: string): boolean {
  return !text.includes('\0') && !/\p{Surrogate}/u.test(text);
}

/** For text that is shown and not given back: NUL is left out, half of a surrogate pair becomes U+FFFD. */
export function toStorable(text: string): string {
  return isStorable(text) ? text : text.replaceAll('\0', '').replace(/\p{Surrogate}/gu, '\uFFFD');
}

/** The value with every text in it made storable. */
export function toStorableValue<Value>(value: Value): Value {
  return mapTexts(value) as Value;
}

function mapTexts(value: unknown): unknown {
  if (typeof value === 'string') return toStorable(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(mapTexts);
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [toStorable(key), mapTexts(member)]),
  );
}

/** Throws `invalid_request` for text that the database can't hold. */
export function toStoredText(text: string, field: string): string {
  if (isStorable(text)) return text;
  throw new LatchkeyError(
    'invalid_request',
    `The field "${field}" holds a NUL character or half of a surrogate pair. Remove it.`,
    { details: { field } },
  );
}

/** Null for a search that finds everything. */
export function toSearch(search: string | undefined): string | null {
  return search === undefined || search === '' ? null : toStoredText(search, 'search');
}

/** In the spelling in which the database gives it out; throws `invalid_request` for what is not a UUID. */
export function toUuid(text: string, field: string): string {
  if (uuidPattern.test(text)) return text.toLowerCase();
  throw new LatchkeyError('invalid_request', `The field "${field}" must be a UUID.`, { details: { field } });
}

/** JSON text of client metadata, given as an object or as JSON text; throws `invalid_client_metadata`. */
export function toStoredMetadata(given: unknown): string {
  const metadata = typeof given === 'string' ? parse(given) : given;
  if (!isObject(metadata)) refuse('The client metadata must be a JSON object.');
  if (isDeeperThan(metadata, metadataDepth))
    refuse(`The client metadata is nested more than ${metadataDepth} levels deep.`);
  const problem = clientMetadataProblem(metadata);
  if (problem) refuse(problem);
  const text = JSON.stringify(metadata);
  // JSON.stringify escapes exactly these: NUL and lone surrogates (a backslash before them would be doubled).
  if (/(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/.test(text))
    refuse('The client metadata holds a NUL character or half of a surrogate pair.');
  return text;
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    refuse('The client metadata is a text that is not JSON.');
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function isDeeperThan(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((member) => isDeeperThan(member, levels - 1));
}

function refuse(message: string): never {
  throw new LatchkeyError('invalid_client_metadata', message);
}
