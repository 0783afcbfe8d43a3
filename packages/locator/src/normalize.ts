const UNRESERVED_PATH = /^[A-Za-z0-9\-._~/]*$/;
const UNRESERVED_QUERY = /^[A-Za-z0-9\-._~=+]*$/;
// The u flag makes a surrogate pair one match. No i flag with it: it would count U+212A (Kelvin) as a "k".
const ESCAPE_OR_OTHER_IN_PATH = /%([0-9A-Fa-f]{2})|[^A-Za-z0-9\-._~/]/gu;
const ESCAPE_OR_OTHER_IN_QUERY = /%([0-9A-Fa-f]{2})|[^A-Za-z0-9\-._~=+]/gu;
const UNRESERVED = /[A-Za-z0-9\-._~]/;

export interface PathRules {
  /** In the object stores `%2F` and `/` are the same byte of a key; on an unknown host they may differ. */
  slashEscapeIsSlash: boolean;
  /** amazonaws.com alone reads a raw `+` in a path as a space. */
  plusIsSpace: boolean;
}

/** Of the object stores. */
export const OBJECT_PATH: PathRules = { slashEscapeIsSlash: true, plusIsSpace: false };

/** One spelling per path: everything but unreserved bytes escaped, in upper-case hex; `//`, `.`, `..` are kept. */
export function normalizePath(path: string, rules: PathRules): string {
  if (UNRESERVED_PATH.test(path)) return path;
  return path.replace(ESCAPE_OR_OTHER_IN_PATH, (found: string, hex: string | undefined) => {
    if (hex === undefined) return found === '+' && rules.plusIsSpace ? '%20' : escapeCharacter(found);
    const byte = normalizeEscape(hex);
    return byte === '%2F' && rules.slashEscapeIsSlash ? '/' : byte;
  });
}

/** A raw `+` stays apart from both `%2B` and `%20`: which of the two it means depends on the server. */
export function normalizeParam(param: string): string {
  if (UNRESERVED_QUERY.test(param)) return param;
  return param.replace(ESCAPE_OR_OTHER_IN_QUERY, (found: string, hex: string | undefined) =>
    hex === undefined ? escapeCharacter(found) : normalizeEscape(hex),
  );
}

/** Percent-encodes as SigV4 wants it: everything but letters, digits and `-._~`. Throws on a lone surrogate. */
export function escapeAll(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, escapeAscii);
}

function normalizeEscape(hex: string): string {
  const character = String.fromCharCode(Number.parseInt(hex, 16));
  return UNRESERVED.test(character) ? character : `%${hex.toUpperCase()}`;
}

function escapeCharacter(character: string): string {
  try {
    return escapeAll(character);
  } catch {
    return '%EF%BF%BD';
  }
}

function escapeAscii(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}
