/** Repeatable random numbers (mulberry32): the same seed, the same damage. */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A damaged copy: some bytes changed, most of them in the first part, and in one of four copies the end cut off. */
export function mutate(bytes: Uint8Array, random: () => number): Uint8Array {
  const copy = bytes.slice();
  const changes = 1 + Math.floor(random() * 8);
  for (let change = 0; change < changes; change++) {
    const reach = random() < 0.7 ? Math.min(copy.length, 600) : copy.length;
    copy[Math.floor(random() * reach)] = random() < 0.3 ? 255 : Math.floor(random() * 256);
  }
  return random() < 0.25 ? copy.subarray(0, Math.floor(random() * copy.length)) : copy;
}
