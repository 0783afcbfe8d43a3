/** Counted from 1; columns count characters (code points), not bytes. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

export const showPlace = (place: Place): string => `line ${place.line}, column ${place.column}`;
