/** What a video reader finds. */
export interface VideoFacts {
  readonly mimeType: string;
  /** Named as ffprobe names it. */
  readonly codec: string;
  /** As shown: after rotation and pixel aspect. */
  readonly width: number;
  readonly height: number;
  readonly fps: number;
  readonly duration: number;
  readonly frames: number;
  /** Otherwise the frames are computed from rate and duration. */
  readonly framesCounted: boolean;
  /** The rate is that of some frames, as nothing in the file tells that of all. */
  readonly estimated: boolean;
}
