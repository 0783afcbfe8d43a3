import { UnreadableCloud } from './point-columns.js';

const broken = () => new UnreadableCloud('The compressed points are damaged.');

/** Unpacks LZF, the compression of `binary_compressed` PCD files. */
export function unpackLzf(packed: Uint8Array, length: number): Uint8Array {
  const out = new Uint8Array(length);
  let from = 0;
  let to = 0;
  while (from < packed.length) {
    const control = packed[from++] ?? 0;
    if (control < 32) {
      const run = control + 1;
      if (from + run > packed.length || to + run > length) throw broken();
      out.set(packed.subarray(from, from + run), to);
      from += run;
      to += run;
      continue;
    }
    let run = control >> 5;
    if (run === 7) run += packed[from++] ?? 0;
    let back = to - ((control & 31) << 8) - (packed[from++] ?? 0) - 1;
    if (back < 0 || to + run + 2 > length) throw broken();
    // What is copied may overlap what is written, so byte by byte.
    for (let left = run + 2; left > 0; left -= 1) out[to++] = out[back++] ?? 0;
  }
  if (to !== length) throw broken();
  return out;
}
