import type { ByteSource } from '../byte-source.js';
import { ProbeError } from '../probe-error.js';
import { viewOf } from '../read-exactly.js';

/** An element of EBML: Matroska and WebM are made of these. */
export interface Element {
  readonly id: number;
  readonly start: number;
  /** Null: unknown, as live streams are written; it ends where an element begins that can't be in it. */
  readonly end: number | null;
}

const maxHeaderBytes = 12;

/** The element at a place of the object; null: the object ends before it. */
export async function readElement(source: ByteSource, at: number): Promise<Element | null> {
  const bytes = await source.read(at, maxHeaderBytes);
  if (bytes.length === 0) return null;
  const element = parseElement(viewOf(bytes), 0);
  return { id: element.id, start: at + element.start, end: element.end === null ? null : at + element.end };
}

/** The elements within the bytes from `from` to `to` of a view, which may not go beyond them. */
export function innerElements(view: DataView, from = 0, to = view.byteLength): (Element & { end: number })[] {
  const elements: (Element & { end: number })[] = [];
  for (let at = from; at < to; ) {
    const { id, start, end } = parseElement(view, at);
    if (end === null || end > to)
      throw new ProbeError('corrupt', 'An element is longer than the one around it.');
    elements.push({ id, start, end });
    at = end;
  }
  return elements;
}

/** The first bits of the first byte tell how many bytes an id or a size has. */
export function parseElement(view: DataView, at: number): Element {
  const idBytes = lengthAt(view, at, 4);
  let id = 0;
  for (let i = 0; i < idBytes; i += 1) id = id * 256 + view.getUint8(at + i);
  const { value, bytes } = parseNumber(view, at + idBytes);
  const start = at + idBytes + bytes;
  return { id, start, end: value === null ? null : start + value };
}

/** `value` null: all bits are set, which means unknown. */
export function parseNumber(view: DataView, at: number): { value: number | null; bytes: number } {
  const bytes = lengthAt(view, at, 8);
  let value = view.getUint8(at) & (0xff >> bytes);
  let unknown = value === 0xff >> bytes;
  for (let i = 1; i < bytes; i += 1) {
    const byte = view.getUint8(at + i);
    value = value * 256 + byte;
    unknown &&= byte === 0xff;
  }
  return { value: unknown ? null : value, bytes };
}

function lengthAt(view: DataView, at: number, max: number): number {
  if (at >= view.byteLength) throw new ProbeError('truncated', 'The object ends within an element.');
  const length = Math.clz32(view.getUint8(at)) - 23;
  if (length > max) throw new ProbeError('corrupt', 'There is no element where one has to begin.');
  if (at + length > view.byteLength) throw new ProbeError('truncated', 'The object ends within an element.');
  return length;
}

/** Content of an element as a number of up to 8 bytes. */
export function unsignedOf(view: DataView, { start, end }: { start: number; end: number }): number {
  let value = 0;
  for (let at = start; at < Math.min(end, start + 8); at += 1) value = value * 256 + view.getUint8(at);
  return value;
}

export function floatOf(view: DataView, { start, end }: { start: number; end: number }): number {
  if (end - start === 4) return view.getFloat32(start);
  return end - start === 8 ? view.getFloat64(start) : 0;
}

export function textOf(view: DataView, { start, end }: { start: number; end: number }): string {
  const bytes = new Uint8Array(view.buffer, view.byteOffset + start, end - start);
  return new TextDecoder().decode(bytes).replace(/\0.*$/s, '');
}
