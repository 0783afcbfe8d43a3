/** A run of neighbouring units of a manifest, in the words of the database. */
export interface NewPart {
  readonly part: number;
  readonly firstPosition: number;
  /** Null: each line of the part names its own. */
  readonly kind: string | null;
  readonly firstElement: number;
  readonly unitCount: number;
  readonly byteStart: number;
  readonly byteEnd: number;
  readonly firstLine: number;
  readonly firstColumn: number;
}

const columns: Readonly<Record<keyof NewPart, string>> = {
  part: 'part',
  firstPosition: 'first_position',
  kind: 'kind',
  firstElement: 'first_element',
  unitCount: 'unit_count',
  byteStart: 'byte_start',
  byteEnd: 'byte_end',
  firstLine: 'first_line',
  firstColumn: 'first_column',
};

/** Columns of `NewPart` for `upload_job_parts p`. */
export const partColumns = Object.entries(columns)
  .map(([name, column]) => `p.${column} AS "${name}"`)
  .join(', ');

/** What became of the units of a part: one byte a unit. */
export const unitOutcome = { none: 0, created: 1, skipped: 2, renewed: 3, error: 4 } as const;

export type SeveralItems = Readonly<Record<number, readonly string[]>>;

export interface PartOutcome {
  readonly outcomes: Uint8Array;
  /** Of the skipped and the renewed units of one item, in their order. */
  readonly knownItemIds: readonly string[];
  /** Of the units that became several items: by their index in the part the ids of all of them, in their order. */
  readonly severalItems: SeveralItems;
}
