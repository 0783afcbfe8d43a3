/** Decoded samples in memory at most, over all channels: 240 MB of them. */
const maxSamples = 60_000_000;
const least = 8000;
/** What browsers decode to at most. */
const most = 96_000;

interface Sound {
  readonly audioSampleRate: number | null;
  readonly audioNumChannels: number | null;
  /** Seconds. */
  readonly duration: number | null;
}

/**
 * Samples a second to which a file is decoded for drawing. A spectrogram shows half of it as its highest frequency, so it
 * is the file's own rate, or less for a long file.
 */
export function decodingRate({ audioSampleRate, audioNumChannels, duration }: Sound): number {
  const wanted = audioSampleRate ?? 44_100;
  const fitting = duration ? maxSamples / (duration * (audioNumChannels ?? 2)) : wanted;
  return Math.round(Math.min(Math.max(Math.min(wanted, fitting), least), most));
}
