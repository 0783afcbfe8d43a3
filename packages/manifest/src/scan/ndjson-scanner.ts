import { LatchkeyError } from '@latchkey/contract/errors';
import { WarningList } from '../warnings.js';
import type { BodyScanner } from './body-scanner.js';
import { FirstLine, refuseFirstByte } from './first-line.js';
import { isBlankByte, NEWLINE } from './line-bytes.js';
import { type ManifestFlags, noFlags } from './manifest-keys.js';
import type { ManifestOutline } from './outline.js';
import type { PartBuilder } from './part-builder.js';

const OPEN_OBJECT = 0x7b;

/** One unit a line. Finds the lines; only the first one is looked into, as it may hold the flags. */
export class NdjsonScanner implements BodyScanner {
  readonly warnings = new WarningList();
  private flags: ManifestFlags = { ...noFlags };
  private base = 0;
  private line = 1;
  private lineStart = 0;
  private inUnit = false;
  private first: FirstLine | null = null;
  private hasFirst = false;
  private readonly parts: PartBuilder;

  constructor(parts: PartBuilder) {
    this.parts = parts;
  }

  get offset(): number {
    return this.base;
  }

  get reportedTo(): number {
    return this.base;
  }

  push(chunk: Uint8Array): void {
    let index = 0;
    while (index < chunk.length)
      index = this.inUnit ? this.readUnit(chunk, index) : this.readBlank(chunk, index);
    this.base += chunk.length;
    // A JSON manifest without line breaks is rather told what it is than that its line is too long.
    if (this.first !== null && this.parts.isTooLarge(this.base)) this.first.read();
    this.parts.checkSize(null, this.base);
  }

  finish(): Omit<ManifestOutline, 'parts' | 'byteLength' | 'csvColumns'> {
    if (this.inUnit) this.endUnit(this.base);
    this.parts.flush();
    if (this.parts.unitCount === 0) throw new LatchkeyError('manifest_empty');
    return {
      unitCount: this.parts.unitCount,
      unitCounts: null,
      flags: this.flags,
      envelope: null,
      warnings: this.warnings.list(),
    };
  }

  private readBlank(chunk: Uint8Array, start: number): number {
    let index = start;
    while (index < chunk.length && isBlankByte(chunk[index] as number)) index++;
    if (index === chunk.length) return index;
    const byte = chunk[index] as number;
    if (byte !== NEWLINE) {
      this.startUnit(byte, this.base + index);
      return index;
    }
    this.startLine(index + 1);
    return index + 1;
  }

  private readUnit(chunk: Uint8Array, start: number): number {
    const newline = chunk.indexOf(NEWLINE, start);
    const end = newline < 0 ? chunk.length : newline;
    this.first?.add(chunk.subarray(start, end));
    if (newline < 0) return end;
    this.endUnit(this.base + newline);
    this.startLine(newline + 1);
    return newline + 1;
  }

  private startLine(index: number): void {
    this.line++;
    this.lineStart = this.base + index;
  }

  private startUnit(byte: number, offset: number): void {
    const place = { line: this.line, column: offset - this.lineStart + 1 };
    if (!this.hasFirst) {
      if (byte !== OPEN_OBJECT) throw refuseFirstByte(byte, place);
      this.hasFirst = true;
      this.first = new FirstLine(place);
    }
    this.inUnit = true;
    this.parts.startElement(null, offset, place);
  }

  private endUnit(endOffset: number): void {
    this.inUnit = false;
    const flags = this.first?.read() ?? null;
    this.first = null;
    if (flags === null) {
      this.parts.endElement(null, endOffset);
      return;
    }
    this.flags = flags;
    this.parts.dropElement();
  }
}
