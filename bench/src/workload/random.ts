/** The same 32 bits for the same numbers, on every machine; neighbours have nothing in common (the mixer of MurmurHash3). */
export function hash32(seed: number, index: number, salt: number): number {
  let bits = (seed ^ Math.imul(index + 1, 0x9e37_79b1) ^ Math.imul(salt + 1, 0x85eb_ca77)) >>> 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85eb_ca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2_ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}

/** Hexadecimal digits, eight a word. */
export function randomHex(seed: number, index: number, salt: number, words: number): string {
  let digits = '';
  for (let word = 0; word < words; word += 1) {
    digits += hash32(seed, index, salt + word)
      .toString(16)
      .padStart(8, '0');
  }
  return digits;
}
