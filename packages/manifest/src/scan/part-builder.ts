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

/** Gathers the elements of an array into parts. */
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

  startElement(kind: UnitKind, offset: number, place: Place): void {
    if (this.unitCount === this.options.maxUnits)
      throw new LatchkeyError(
        'manifest_too_many_units',
        `The manifest lists more than the ${this.options.maxUnits} units allowed (at ${showPlace(place)}). Split it.`,
        { details: { ...place } },
      );
    this.open ??= {
      kind,
      firstElement: this.unitCounts[kind],
      unitCount: 0,
      byteStart: offset,
      byteEnd: offset,
      firstLine: place.line,
      firstColumn: place.column,
    };
    this.elementStart = offset;
    this.elementPlace = place;
  }

  endElement(kind: UnitKind, endOffset: number): void {
    this.checkSize(kind, endOffset);
    this.elementStart = null;
    this.unitCounts[kind]++;
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

  /** Refuses an element that is too large while it is still being read. */
  checkSize(kind: UnitKind, offset: number): void {
    if (this.elementStart === null || offset - this.elementStart <= this.options.maxElementBytes) return;
    throw new LatchkeyError(
      'manifest_wrong_type',
      `Element ${this.unitCounts[kind]} of "${kind}", at ${showPlace(this.elementPlace)}, is larger than the ` +
        `${this.options.maxElementBytes} bytes allowed. Shorten its client metadata, or close its bracket.`,
      { details: { kind, element: this.unitCounts[kind], ...this.elementPlace } },
    );
  }
}

function zeroCounts(): Record<UnitKind, number> {
  return Object.fromEntries(unitKindNames.map((kind) => [kind, 0])) as Record<UnitKind, number>;
}
