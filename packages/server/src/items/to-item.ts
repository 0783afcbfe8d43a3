import type { ItemType } from '@latchkey/contract/kinds';
import type { Item } from '@latchkey/contract/schemas/item';
import type { DicomTags } from '@latchkey/contract/schemas/media-metadata';
import type { ItemRow } from '@latchkey/db/items/reader';
import type { Caller } from '../context.js';

/** `signedUrl`: null where it was not asked for. */
export function toItem(
  row: ItemRow,
  signedUrl: string | null,
  { knowsTimeSeries }: Pick<Caller, 'knowsTimeSeries'>,
): Item {
  return {
    uuid: row.id,
    parent: row.folder_id,
    // Written from the kinds of the contract.
    itemType: row.type === 'timeSeries' && !knowsTimeSeries ? 'plainText' : (row.type as ItemType),
    name: row.name,
    description: row.description,
    clientMetadata: row.client_metadata ?? '{}',
    owner: row.owner,
    createdAt: row.created_at.toISOString(),
    lastEditedAt: row.updated_at.toISOString(),
    isTombstone: false,
    isPlaceholder: false,
    backedDataUnitsCount: row.data_units_count,
    storageLocation: 'directAccess',
    integrationHash: row.integration_id,
    url: row.url_head,
    signedUrl,
    ...mediaOf(row),
    ...detailsOf(row),
    metadataSource: row.metadata_source,
    expiresAt: row.expires_at?.toISOString() ?? null,
    expiryCertainty: row.expiry_certainty,
  };
}

function mediaOf(row: ItemRow) {
  return {
    fileSize: row.file_size,
    mimeType: row.mime_type,
    duration: row.duration,
    fps: row.fps,
    height: row.height,
    width: row.width,
    frameCount: frameCount(row),
    audioSampleRate: row.audio_sample_rate,
    audioBitDepth: row.audio_bit_depth,
    audioCodec: row.audio_codec,
    audioNumChannels: row.audio_num_channels,
    numPages: row.num_pages,
  };
}

/** The ids of a DICOM file or series stand among its tags. */
function detailsOf({ media_details: text }: ItemRow) {
  const details = text === null ? null : (JSON.parse(text) as Record<string, unknown>);
  const tags = (details?.['tags'] ?? {}) as DicomTags;
  const uid = (tag: string): string | null => {
    const value = tags[tag]?.Value?.[0];
    return typeof value === 'string' ? value : null;
  };
  return {
    dicomInstanceUid: uid('00080018'),
    dicomStudyUid: uid('0020000D'),
    dicomSeriesUid: uid('0020000E'),
    mediaDetails: details,
  };
}

/** As a video has it, of its duration and frame rate, where it is not counted. */
export function frameCount({ type, duration, fps, frame_count }: ItemRow): number | null {
  if (frame_count !== null) return frame_count;
  if (type !== 'video' || duration === null || fps === null) return null;
  const count = Math.round(duration * fps);
  return Number.isSafeInteger(count) ? count : null;
}
