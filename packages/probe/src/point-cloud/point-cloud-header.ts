/** What the header of a point cloud says; each format has a parser that makes one. */
export interface PointCloudHeader {
  readonly mimeType: string;
  /** For people: `PCD (binary)`, `LAS 1.4`. */
  readonly format: string;
  readonly numPoints: number;
  /** Where what stands behind the header begins; for LAS the points. */
  readonly start: number;
  /** The least size of the whole object, if the header tells one. */
  readonly minSize: number;
}

/** PLY and PCD headers may hold comments of any length. */
export const maxHeaderBytes = 1024 * 1024;

/** The header goes on behind the bytes that were given. */
export class HeaderGoesOn extends Error {
  override readonly name = 'HeaderGoesOn';
}
