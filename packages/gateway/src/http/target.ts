import { escapeAll } from '@latchkey/locator/normalize';
import { Refusal } from './refusal.js';

/** A request target, taken apart without `URL`, which would resolve `..` and turn `\` into `/`. */
export interface Target {
  /** Of the absolute form (`GET http://host/path`), which then counts instead of the Host header; else null. */
  authority: string | null;
  /** Decoded, without the first slash; may be empty. */
  key: string;
  /** The key in its one percent-encoded spelling. */
  path: string;
  /** As sent, without the question mark; empty if there is none. */
  rawQuery: string;
}

export type QueryParameter = readonly [name: string, value: string];

const PLAIN = /^[A-Za-z0-9\-._~/]*$/;
/** What no client sends in a path unless it means to be read differently by two readers. */
const NEVER_RAW = /[^!-~]|[\\#]/;
const DOT_SEGMENT = /(?:^|[/\\])\.{1,2}(?:[/\\]|$)/;

/**
 * `%2F` is a slash of the key and `+` a plus, as in the object stores. Dot segments, however encoded, are refused: a
 * store may hold such a key, but what stands between may resolve it, out of a prefix or a directory.
 * @throws {Refusal} `invalid_request`
 */
export function parseTarget(target: string): Target {
  const question = target.indexOf('?');
  const beforeQuery = question === -1 ? target : target.slice(0, question);
  const { authority, rawPath } = splitAuthority(beforeQuery);
  const encoded = rawPath.slice(1);
  const key = PLAIN.test(encoded) ? encoded : decode(encoded);
  if (DOT_SEGMENT.test(key)) {
    throw invalid('The path has a segment "." or "..": give the path of the object without them.');
  }
  const path = key === encoded ? encoded : key.split('/').map(escapeAll).join('/');
  return { authority, key, path, rawQuery: question === -1 ? '' : target.slice(question + 1) };
}

function splitAuthority(target: string): { authority: string | null; rawPath: string } {
  if (target.startsWith('/')) return { authority: null, rawPath: target };
  const [, authority, rawPath] = /^https?:\/\/([^/@]+)(\/.*)$/i.exec(target) ?? [];
  if (authority === undefined || rawPath === undefined) {
    throw invalid('The request target is neither a path that begins with "/" nor an http URL.');
  }
  return { authority, rawPath };
}

function decode(encoded: string): string {
  if (NEVER_RAW.test(encoded)) {
    throw invalid(
      'The path has a raw backslash, "#", space, control or non-ASCII character: percent-encode it.',
    );
  }
  let key: string;
  try {
    key = decodeURIComponent(encoded);
  } catch {
    throw invalid(
      'The path could not be decoded: every "%" needs two hex digits, and all together are UTF-8.',
    );
  }
  if (key.includes('\0')) throw invalid('The path has a NUL character, which no object key may have.');
  return key;
}

/**
 * The parameters that go to the origin and into the cache key, in the order of the list; all others are dropped, so
 * that nobody sets headers of an answer or asks for a sub-resource under the gateway's key.
 * @throws {Refusal} `invalid_request` for one that comes twice or cannot be decoded
 */
export function allowedQuery(rawQuery: string, allowed: readonly string[]): QueryParameter[] {
  if (rawQuery === '' || allowed.length === 0) return [];
  const pairs = rawQuery.split('&').map((pair) => {
    const [name = '', ...value] = pair.split('=');
    return [name, value.join('=')] as const;
  });
  return allowed.flatMap((name) => {
    const values = pairs.filter(([given]) => given === name).map(([, value]) => value);
    if (values.length > 1) throw invalid(`The query has ${name} ${values.length} times: give it once.`);
    return values.map((value) => [name, decodeValue(name, value)] as const);
  });
}

function decodeValue(name: string, value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    throw invalid(`${name} in the query could not be decoded: every "%" needs two hex digits of UTF-8.`);
  }
}

function invalid(message: string): Refusal {
  return new Refusal('invalid_request', message);
}

/**
 * The name in a Host header or authority: lower case, without port and final dot; null for what is none.
 */
export function hostName(authority: string): string | null {
  const [, name] = /^(\[[0-9a-f:.]+\]|[a-z0-9_-]+(?:\.[a-z0-9_-]+)*)\.?(?::\d{1,5})?$/i.exec(authority) ?? [];
  return name === undefined ? null : name.toLowerCase();
}
