import type { CopyRow } from '@latchkey/db/engine/copy-rows';
import type { MediaColumn } from '@latchkey/db/upload-jobs/register-items';
import type { Unit } from '@latchkey/manifest/read/unit';
import { jsonText } from './object-columns.js';

export type MediaColumns = CopyRow<MediaColumn | 'metadata_source'>;

/** The media columns of an item of one object. */
export function mediaColumns({ kind, mediaMetadata, details }: Unit): MediaColumns {
  const media = (mediaMetadata ?? {}) as Readonly<Record<string, string | number | undefined>>;
  const { depth, numPoints } = media;
  const ofViewer =
    depth === undefined && numPoints === undefined ? details : { ...details, depth, numPoints };
  return {
    metadata_source: mediaMetadata ? 'manifest' : null,
    file_size: media['fileSize'],
    mime_type: media['mimeType'] ?? (kind === 'pdfs' && mediaMetadata ? 'application/pdf' : null),
    width: media['width'],
    height: media['height'],
    duration: media['duration'],
    fps: media['fps'],
    audio_sample_rate: media['sampleRate'],
    audio_bit_depth: media['bitDepth'],
    audio_codec: media['codec'],
    audio_num_channels: media['numChannels'],
    num_pages: media['numPages'],
    frame_count: media['numVolumes'],
    media_details: jsonText(ofViewer),
  };
}
