import type { ByteSource } from '../byte-source.js';
import { ProbeError } from '../probe-error.js';
import type { Measured } from '../reader.js';
import { sniffSource } from '../sniff/sniff.js';
import { wrongType } from '../wrong-type.js';
import type { VideoFacts } from './video-facts.js';

type FactsReader = (source: ByteSource) => Promise<VideoFacts>;

const readMp4 = async (): Promise<FactsReader> => (await import('../mp4/read-mp4-video.js')).readMp4Video;

const readers: Readonly<Record<string, () => Promise<FactsReader>>> = {
  'video/mp4': readMp4,
  'video/quicktime': readMp4,
  'video/x-matroska': async () => (await import('../matroska/read-matroska-video.js')).readMatroskaVideo,
};

/** The first video track. Width and height are those that are shown. */
export async function readVideo(source: ByteSource): Promise<Measured<'video'>> {
  const fileSize = await source.size();
  const found = await sniffSource(source);
  if (!found) throw wrongType('video', found);
  const reader = readers[found.mimeType];
  if (!reader) {
    throw new ProbeError(
      'unsupported',
      `The object is ${found.name}, which is not measured. Measured are MP4, QuickTime (MOV), WebM and Matroska; convert it, or give its metadata.`,
    );
  }
  const read = await reader();
  const { mimeType, width, height, fps, duration, codec, frames, framesCounted, estimated } =
    await read(source);
  return {
    metadata: { fps, duration, width, height, fileSize, mimeType },
    facts: { codec, frames, framesCounted, fpsEstimated: estimated },
  };
}
