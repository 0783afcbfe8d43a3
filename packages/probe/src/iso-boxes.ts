import type { ByteSource } from './byte-source.js';
import { ProbeError } from './probe-error.js';
import { readExactly, readName, viewOf } from './read-exactly.js';

/** A box of ISO base media: MP4, QuickTime, AVIF, HEIC. */
export interface Box {
  readonly type: string;
  /** Where its content begins, and where it ends. */
  readonly start: number;
  readonly end: number;
}

const maxTopBoxes = 10_000;

/** The boxes of the file one after the other, by their headers alone. */
export async function* topBoxes(source: ByteSource): AsyncGenerator<Box> {
  const size = await source.size();
  let at = 0;
  for (let count = 0; at + 8 <= size && count < maxTopBoxes; count += 1) {
    const header = viewOf(await source.read(at, 16));
    const box = readBox(header, 0, size - at);
    yield { type: box.type, start: at + box.start, end: at + box.end };
    at += box.end;
  }
}

/** The boxes within the bytes from `from` to `to` of a view. */
export function innerBoxes(view: DataView, from: number, to: number): Box[] {
  const boxes: Box[] = [];
  for (let at = from; at + 8 <= to; ) {
    const box = readBox(view, at, to - at);
    if (box.end > to)
      throw new ProbeError('corrupt', `The box "${box.type}" is longer than the one around it.`);
    boxes.push(box);
    at = box.end;
  }
  return boxes;
}

/** `rest`: what a box of size 0 takes, which reaches up to the end. */
function readBox(view: DataView, at: number, rest: number): Box {
  const size = view.getUint32(at);
  const type = readName(view, at + 4);
  const long = size === 1;
  if (long && view.byteLength < at + 16)
    throw new ProbeError('truncated', 'The object ends within a header.');
  const length = size === 0 ? rest : long ? Number(view.getBigUint64(at + 8)) : size;
  const start = at + (long ? 16 : 8);
  if (at + length < start)
    throw new ProbeError('corrupt', `The box "${type}" says that it has ${length} bytes.`);
  return { type, start, end: at + length };
}

/** The content of a box in memory. */
export async function readContent(source: ByteSource, box: Box, maxBytes: number): Promise<DataView> {
  const length = box.end - box.start;
  if (length > maxBytes)
    throw new ProbeError(
      'too_many_bytes',
      `The box "${box.type}" has ${length} bytes; measured are up to ${maxBytes}.`,
    );
  return await readExactly(source, box.start, length);
}
