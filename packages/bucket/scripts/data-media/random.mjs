/** Numbers from 0 to 1 that are the same each time (mulberry32), so that the files are as well. */
export function randomFrom(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** Hue from 0 to 1 -> red, green, blue of 0 to 255. */
export function rainbow(hue) {
  return [0, 2 / 3, 1 / 3].map((shift) =>
    Math.round(255 * Math.min(1, Math.max(0, Math.abs(((hue + shift) % 1) * 6 - 3) - 1))),
  );
}
