/** FIPS 180-4, section 4.2.2: the first 32 bits of the fractional parts of the cube roots of the first 64 primes. */
const constants = new Uint32Array(64);
/** Section 5.3.3: of the square roots of the first 8. */
const initial = new Uint32Array(8);

for (let count = 0, number = 2; count < 64; number += 1) {
  if (!isPrime(number)) continue;
  constants[count] = fraction(Math.cbrt(number));
  if (count < 8) initial[count] = fraction(Math.sqrt(number));
  count += 1;
}

function isPrime(number: number): boolean {
  for (let factor = 2; factor * factor <= number; factor += 1) if (number % factor === 0) return false;
  return true;
}

function fraction(root: number): number {
  return (root - Math.floor(root)) * 2 ** 32;
}

const encoder = new TextEncoder();
const schedule = new Uint32Array(64);
const rotate = (word: number, by: number): number => (word >>> by) | (word << (32 - by));

/** In hexadecimal digits. The browser's own needs a secure context, and a promise for each of a million texts. */
export function sha256(text: string): string {
  const state = Uint32Array.from(initial);
  const message = padded(encoder.encode(text));
  const view = new DataView(message.buffer);
  for (let at = 0; at < message.length; at += 64) addBlock(state, view, at);
  return Array.from(state, (word) => word.toString(16).padStart(8, '0')).join('');
}

/** A one, zeros, and the length in bits at the end of a block. */
function padded(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const message = new Uint8Array(Math.ceil((bytes.length + 9) / 64) * 64);
  message.set(bytes);
  message[bytes.length] = 0x80;
  const view = new DataView(message.buffer);
  view.setUint32(message.length - 8, Math.floor(bytes.length / 2 ** 29));
  view.setUint32(message.length - 4, bytes.length << 3);
  return message;
}

function addBlock(state: Uint32Array, view: DataView, at: number): void {
  fillSchedule(view, at);
  let a = state[0] as number;
  let b = state[1] as number;
  let c = state[2] as number;
  let d = state[3] as number;
  let e = state[4] as number;
  let f = state[5] as number;
  let g = state[6] as number;
  let h = state[7] as number;
  // Written out: with the eight in an array a digest takes ten times as long.
  for (let index = 0; index < 64; index += 1) {
    const mixed = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
    const chosen = (e & f) ^ (~e & g);
    const first = (h + mixed + chosen + (constants[index] as number) + (schedule[index] as number)) | 0;
    const second = ((rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + first) | 0;
    d = c;
    c = b;
    b = a;
    a = (first + second) | 0;
  }
  const added = [a, b, c, d, e, f, g, h];
  for (let index = 0; index < 8; index += 1)
    state[index] = (state[index] as number) + (added[index] as number);
}

function fillSchedule(view: DataView, at: number): void {
  for (let index = 0; index < 16; index += 1) schedule[index] = view.getUint32(at + 4 * index);
  for (let index = 16; index < 64; index += 1) {
    const early = schedule[index - 15] as number;
    const late = schedule[index - 2] as number;
    const small = rotate(early, 7) ^ rotate(early, 18) ^ (early >>> 3);
    const large = rotate(late, 17) ^ rotate(late, 19) ^ (late >>> 10);
    schedule[index] = (schedule[index - 16] as number) + small + (schedule[index - 7] as number) + large;
  }
}
