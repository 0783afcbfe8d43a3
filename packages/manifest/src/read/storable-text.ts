/** U+0000 and unpaired surrogates can be written in JSON, but a database cannot store them. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the NUL character is what this finds.
const NOT_STORABLE = /[\u0000\p{Surrogate}]/u;

/** Only a `\u` escape can bring such a character in. */
export const hasUnicodeEscapes = (slice: Uint8Array): boolean => {
  for (let at = slice.indexOf(0x5c); at >= 0; at = slice.indexOf(0x5c, at + 2)) {
    if (slice[at + 1] === 0x75) return true;
  }
  return false;
};

/** Whether every string and key in the value can be stored. */
export function isStorable(value: unknown): boolean {
  if (typeof value === 'string') return !NOT_STORABLE.test(value);
  if (typeof value !== 'object' || value === null) return true;
  if (Array.isArray(value)) return value.every(isStorable);
  return Object.entries(value).every(([key, member]) => isStorable(key) && isStorable(member));
}
