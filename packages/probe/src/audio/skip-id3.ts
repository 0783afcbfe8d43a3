import type { ByteSource } from '../byte-source.js';

const maxTags = 8;

/** Where the audio begins, behind the ID3 tags (with covers of any size) that were put before it. */
export async function skipId3(source: ByteSource): Promise<number> {
  let at = 0;
  for (let count = 0; count < maxTags; count += 1) {
    const head = await source.read(at, 10);
    if (head[0] !== 0x49 || head[1] !== 0x44 || head[2] !== 0x33) break;
    const [a = 0, b = 0, c = 0, d = 0] = head.subarray(6);
    const footer = ((head[5] ?? 0) & 0x10) !== 0 ? 10 : 0;
    // Seven bits a byte, so that no sync word is in them.
    at += 10 + ((a & 0x7f) << 21) + ((b & 0x7f) << 14) + ((c & 0x7f) << 7) + (d & 0x7f) + footer;
  }
  return at;
}
