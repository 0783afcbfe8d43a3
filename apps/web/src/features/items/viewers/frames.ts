/** The frame that is shown at a media time in seconds; a container may start a fraction of a frame late. */
export const frameAt = (mediaTime: number, fps: number): number => Math.max(0, Math.round(mediaTime * fps));

/** The time in the middle of a frame: seeking to its start may show the one before. */
export const timeOfFrame = (frame: number, fps: number): number => (Math.max(0, frame) + 0.5) / fps;

/** Seconds -> `1:02:03.045`. */
export function formatTimecode(seconds: number): string {
  const milliseconds = Math.round(seconds * 1000);
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  const hours = Math.floor(milliseconds / 3_600_000);
  const rest = `${two((milliseconds / 60_000) % 60)}:${two((milliseconds / 1000) % 60)}.${String(milliseconds % 1000).padStart(3, '0')}`;
  return hours > 0 ? `${hours}:${rest}` : rest;
}
