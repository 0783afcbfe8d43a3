import type { CopyRow } from '@latchkey/db/engine/copy-rows';
import type { MediaColumn } from '@latchkey/db/upload-jobs/register-items';
import type { Unit, UnitMember } from '@latchkey/manifest/read/unit';
import { jsonText } from './object-columns.js';

export type MediaColumns = CopyRow<MediaColumn | 'metadata_source'>;

export const noObjects: ReadonlySet<object> = new Set();

/** Where the metadata of a unit or member is from; null if it has none. */
export function metadataSource(
  object: Pick<UnitMember, 'mediaMetadata'>,
  measured: ReadonlySet<object>,
): 'manifest' | 'probe' | null {
  if (object.mediaMetadata === null) return null;
  return measured.has(object) ? 'probe' : 'manifest';
}

/** The media columns of an item of one object. */
export function mediaColumns(unit: Unit, measured: ReadonlySet<object>): MediaColumns {
  const { kind, mediaMetadata, details } = unit;
  const media = (mediaMetadata ?? {}) as Readonly<Record<string, string | number | undefined>>;
  const { depth, numPoints } = media;
  const ofViewer =
    depth === undefined && numPoints === undefined ? details : { ...details, depth, numPoints };
  return {
    metadata_source: metadataSource(unit, measured),
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
