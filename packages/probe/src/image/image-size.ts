/** As stored; `orientation` as in EXIF (1 to 8) says how it is shown. */
export interface ImageSize {
  readonly width: number;
  readonly height: number;
  readonly orientation?: number;
}

/** As a browser shows it: the orientations from 5 on lie on their side. */
export function displayedSize({ width, height, orientation = 1 }: ImageSize): ImageSize {
  return orientation >= 5 && orientation <= 8 ? { width: height, height: width } : { width, height };
}
