/** What the header of a point cloud says; each format has a parser that makes one. */
export interface PointCloudHeader {
  readonly mimeType: string;
  /** For people: `PCD (binary)`, `LAS 1.4`. */
  readonly format: string;
  readonly numPoints: number;
  /** The least size of the whole object, if the header tells one. */
  readonly minSize: number;
}

/** The header goes on behind the bytes that were given. */
export class HeaderGoesOn extends Error {
  override readonly name = 'HeaderGoesOn';
}
