import type { ProbeKind } from '@latchkey/probe/probe-kind';

/** As large as a small photo; what is behind the file's end is zeros, which these formats allow. */
export const objectBytes = 256 * 1024;

/** One after the other, again and again. */
export const mediaObjects: readonly { readonly kind: ProbeKind; readonly file: string }[] = [
  { kind: 'image', file: 'photo.jpg' },
  { kind: 'image', file: 'picture.png' },
  { kind: 'image', file: 'picture.webp' },
  { kind: 'image', file: 'picture.avif' },
  { kind: 'image', file: 'scan.tiff' },
  { kind: 'video', file: 'clip.mp4' },
  { kind: 'video', file: 'clip.webm' },
  { kind: 'audio', file: 'sound.mp3' },
  { kind: 'audio', file: 'sound.wav' },
  { kind: 'audio', file: 'sound.flac' },
];
