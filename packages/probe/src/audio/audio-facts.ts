/** What an audio reader finds. */
export interface AudioFacts {
  readonly mimeType: string;
  /** Named as ffprobe names it. */
  readonly codec: string;
  readonly sampleRate: number;
  readonly numChannels: number;
  /** 0: the codec stores no samples of a fixed width. */
  readonly bitDepth: number;
  readonly duration: number;
  /** The duration is computed from samples of the file, as nothing in it tells the whole. */
  readonly estimated?: boolean;
}
