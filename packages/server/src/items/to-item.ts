import type { ItemType } from '@latchkey/contract/kinds';
import type { Item } from '@latchkey/contract/schemas/item';
import type { ItemRow } from '@latchkey/db/items/reader';

/** `signedUrl`: null where it was not asked for. */
export function toItem(row: ItemRow, signedUrl: string | null): Item {
  return {
    uuid: row.id,
    parent: row.folder_id,
    // Written from the kinds of the contract.
    itemType: row.type as ItemType,
    name: row.name,
    description: row.description,
    clientMetadata: row.client_metadata ?? '{}',
    owner: row.owner,
    createdAt: row.created_at.toISOString(),
    lastEditedAt: row.updated_at.toISOString(),
    isTombstone: false,
    isPlaceholder: false,
    backedDataUnitsCount: 0,
    storageLocation: 'directAccess',
    integrationHash: row.integration_id,
    url: row.url_head,
    signedUrl,
    ...mediaOf(row),
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
    dicomInstanceUid: null,
    dicomStudyUid: null,
    dicomSeriesUid: null,
    frameCount: frameCount(row),
    audioSampleRate: row.audio_sample_rate,
    audioBitDepth: row.audio_bit_depth,
    audioCodec: row.audio_codec,
    audioNumChannels: row.audio_num_channels,
    numPages: row.num_pages,
  };
}

function frameCount({ type, duration, fps }: ItemRow): number | null {
  if (type !== 'video' || duration === null || fps === null) return null;
  const count = Math.round(duration * fps);
  return Number.isSafeInteger(count) ? count : null;
}
