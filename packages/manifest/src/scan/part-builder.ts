import { LatchkeyError } from '@latchkey/contract/errors';
import { type UnitKind, unitKindNames } from '@latchkey/contract/kinds';
import type { ManifestPart } from './outline.js';
import { type Place, showPlace } from './place.js';

export interface PartOptions {
  unitsPerPart: number;
  bytesPerPart: number;
  maxUnits: number;
  maxElementBytes: number;
  onPart: (part: ManifestPart) => void;
}

/** Gathers the elements of an array, or the lines of NDJSON (`kind` null), into parts. */
export class PartBuilder {
  unitCount = 0;
  readonly unitCounts: Record<UnitKind, number> = zeroCounts();
  private open: ManifestPart | null = null;
  private elementStart: number | null = null;
  private elementPlace: Place = { line: 1, column: 1 };

  private readonly options: PartOptions;

  constructor(options: PartOptions) {
    this.options = options;
  }

  /** Offset from which bytes are still needed to cut the open part; null between parts. */
  get openFrom(): number | null {
    return this.open?.byteStart ?? null;
  }

  /** Offset of the element that is being read; null between elements. */
  get openElement(): number | null {
    return this.elementStart;
  }

  startElement(kind: UnitKind | null, offset: number, place: Place): void {
    if (this.unitCount === this.options.maxUnits)
      throw new LatchkeyError(
        'manifest_too_many_units',
        `The manifest lists more than the ${this.options.maxUnits} units allowed (limit manifestUnits, at ${showPlace(place)}). Split it.`,
        { details: { ...place } },
      );
    this.open ??= {
      kind,
      firstElement: this.countOf(kind),
      unitCount: 0,
      byteStart: offset,
      byteEnd: offset,
      firstLine: place.line,
      firstColumn: place.column,
    };
    this.elementStart = offset;
    this.elementPlace = place;
  }

  endElement(kind: UnitKind | null, endOffset: number): void {
    this.checkSize(kind, endOffset);
    this.elementStart = null;
    if (kind !== null) this.unitCounts[kind]++;
    this.unitCount++;
    const { open, options } = this;
    if (open === null) return;
    open.unitCount++;
    open.byteEnd = endOffset;
    if (open.unitCount >= options.unitsPerPart || endOffset - open.byteStart >= options.bytesPerPart)
      this.flush();
  }

  /** Emits the open part: a part never spans two arrays. */
  flush(): void {
    if (this.open === null) return;
    this.options.onPart(this.open);
    this.open = null;
  }

  /** Takes the first element of a part back: it is no unit. */
  dropElement(): void {
    this.open = null;
    this.elementStart = null;
  }

  isTooLarge(offset: number): boolean {
    return this.elementStart !== null && offset - this.elementStart > this.options.maxElementBytes;
  }

  /** Refuses an element that is too large while it is still being read. */
  checkSize(kind: UnitKind | null, offset: number): void {
    if (!this.isTooLarge(offset)) return;
    const element = this.countOf(kind);
    const place = this.elementPlace;
    const allowed = `the ${this.options.maxElementBytes} bytes allowed (limit manifestElementBytes)`;
    const message =
      kind === null
        ? `Line ${place.line} is larger than ${allowed}. Write one unit a line, or shorten its client metadata.`
        : `Element ${element} of "${kind}", at ${showPlace(place)}, is larger than ${allowed}. ` +
          'Shorten its client metadata, or close its bracket.';
    throw new LatchkeyError('manifest_wrong_type', message, { details: { kind, element, ...place } });
  }

  private countOf(kind: UnitKind | null): number {
    return kind === null ? this.unitCount : this.unitCounts[kind];
  }
}

function zeroCounts(): Record<UnitKind, number> {
  return Object.fromEntries(unitKindNames.map((kind) => [kind, 0])) as Record<UnitKind, number>;
}
