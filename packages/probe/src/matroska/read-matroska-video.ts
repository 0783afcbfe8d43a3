import type { ByteSource } from '../byte-source.js';
import { ProbeError } from '../probe-error.js';
import { exactFrameRate } from '../video/exact-frame-rate.js';
import type { VideoFacts } from '../video/video-facts.js';
import { readHeaders } from './read-headers.js';
import { measureDuration, measureFrameRate } from './timing.js';

/** WebM and Matroska: the first video track. */
export async function readMatroskaVideo(source: ByteSource): Promise<VideoFacts> {
  const headers = await readHeaders(source);
  const track = headers.tracks.find(({ type }) => type === 'video');
  if (!track)
    throw new ProbeError(
      'wrong_type',
      'Expected a video, found a Matroska or WebM file without a video track.',
    );
  const { fps, estimated } =
    track.frameNs > 0
      ? { fps: exactFrameRate(1e9 / track.frameNs), estimated: false }
      : await measureFrameRate(source, headers, track.number);
  // From the first timestamp to the last: the last frame is shown as long as the others.
  const duration = headers.duration ?? (await measureDuration(source, headers)) + 1 / fps;
  return {
    mimeType: headers.isWebm ? 'video/webm' : 'video/x-matroska',
    codec: track.codec,
    width: track.width,
    height: track.height,
    fps,
    duration,
    // The audio may be a little longer.
    frames: Math.floor(fps * duration + 0.1),
    framesCounted: false,
    estimated,
  };
}
