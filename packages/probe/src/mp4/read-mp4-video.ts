import type { Input } from 'mediabunny';
import type { ByteSource } from '../byte-source.js';
import { topBoxes } from '../iso-boxes.js';
import { ProbeError } from '../probe-error.js';
import { sniffSource } from '../sniff/sniff.js';
import { exactFrameRate } from '../video/exact-frame-rate.js';
import type { VideoFacts } from '../video/video-facts.js';
import { codecNameOf } from './codec-name.js';
import { withMp4 } from './with-mp4.js';

/** More fragments cost too many bytes: the first of them then stand for all. */
const maxFragments = 24;
const smallBytes = 2 * 2 ** 20;
const sampledFrames = 30;
const metadataOnly = { metadataOnly: true };

/** MP4, M4V, QuickTime and fragmented MP4. Frames are counted where their times stand in the index. */
export function readMp4Video(source: ByteSource): Promise<VideoFacts> {
  return withMp4(source, (input) => readFacts(source, input));
}

async function readFacts(source: ByteSource, input: Input): Promise<VideoFacts> {
  const track = await input.getPrimaryVideoTrack();
  if (!track)
    throw new ProbeError('wrong_type', 'Expected a video, found an MP4 file without a video track.');
  const fragments = await estimateFragments(source);
  const sampled = fragments > maxFragments && (await source.size()) > smallBytes;
  const stats = await track.computePacketStats(sampled ? sampledFrames : undefined, metadataOnly);
  if (stats.packetCount === 0) throw new ProbeError('corrupt', 'The video track has no frames.');
  const fps = exactFrameRate(stats.averagePacketRate);
  const duration = await durationOf(input, { fragmented: fragments > 0, sampled });
  const found = await sniffSource(source);
  return {
    mimeType: found?.mimeType ?? 'video/mp4',
    codec: await codecNameOf(track),
    width: await track.getDisplayWidth(),
    height: await track.getDisplayHeight(),
    fps,
    duration,
    frames: sampled ? Math.floor(fps * duration + 0.1) : stats.packetCount,
    framesCounted: !sampled,
    estimated: sampled,
  };
}

/** The edit list of a whole file begins it at 0; a fragmented one begins with its first frame. */
async function durationOf(
  input: Input,
  { fragmented, sampled }: { readonly fragmented: boolean; readonly sampled: boolean },
): Promise<number> {
  const told = sampled ? await input.getDurationFromMetadata() : null;
  if (told !== null && told > 0) return told;
  const end = await input.computeDuration(undefined, metadataOnly);
  return fragmented ? end - Math.max(0, await input.getFirstTimestamp()) : end;
}

/** 0: the file is not fragmented. As long as the first one, for each has to be found by the one before it. */
async function estimateFragments(source: ByteSource): Promise<number> {
  let start: number | null = null;
  for await (const { type, start: begin, end } of topBoxes(source)) {
    if (type === 'mdat') return start === null ? 0 : (await source.size()) / (end - start);
    if (type === 'moof') start ??= begin;
  }
  return 0;
}
