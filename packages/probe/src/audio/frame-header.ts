/** The header of one frame of audio without a container. */
export interface FrameHeader {
  readonly mimeType: string;
  readonly codec: string;
  readonly bytes: number;
  /** 0: the frame belongs to the one before it. */
  readonly samples: number;
  readonly sampleRate: number;
  readonly numChannels: number;
}

/** Null: at this place no frame begins. */
export type ParseFrame = (view: DataView, at: number) => FrameHeader | null;

/** As much as any of the headers takes. */
export const frameHeaderBytes = 8;
