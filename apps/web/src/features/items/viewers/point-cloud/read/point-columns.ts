/** One value of the record at an index. */
export type Column = (index: number) => number;

/** The points of a file, as one function a field; fields have the names of `x y z red green blue` and their own. */
export interface PointColumns {
  /** For people: `PCD (binary)`, `LAS 1.2, point format 3`. */
  readonly format: string;
  /** Records that the columns can give. */
  readonly count: number;
  /** Points in the file; more than `count` where the reader has left some out already. */
  readonly total: number;
  readonly columns: ReadonlyMap<string, Column>;
  /** The largest value of a colour channel, where the format fixes it. */
  readonly colourMax?: number;
}

/** The file is not what it says, or in a form that cannot be read; the message is shown. */
export class UnreadableCloud extends Error {
  override readonly name = 'UnreadableCloud';
}
