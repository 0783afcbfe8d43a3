import { hash } from 'node:crypto';
import { newMemberColumns } from '@latchkey/db/items/members';
import type { UnitMember } from '@latchkey/manifest/read/unit';
import type { SealKey } from '../access/seal.js';
import { pixelsOf } from './composite-media.js';
import { bytesText, copyLine, escaped, jsonText, timestampText } from './copy-text.js';
import { toTitle, urlColumns } from './object-columns.js';

/** The first 16 bytes of the SHA-256 of an object identity. */
export const identityHash = (identity: string): Buffer => hash('sha256', identity, 'buffer').subarray(0, 16);

/** A line of COPY's text format, with its newline. */
export function toMemberRow(
  member: UnitMember,
  itemId: string,
  position: number,
  sealKey: SealKey,
  titleLength: number,
): string {
  const { location, mediaMetadata: media } = member;
  const identity = identityHash(location.identity);
  return copyLine(newMemberColumns, {
    item_id: itemId,
    position,
    id: memberIdAt(itemId, position),
    member_item_id: null,
    type: member.itemType,
    name: escaped(member.title ?? toTitle(location.defaultTitle, titleLength)),
    ...urlColumns(member.objectUrl, location.secretStart, identity, sealKey),
    identity_hash: bytesText(identity),
    expires_at: timestampText(location.signature?.expiresAt ?? null),
    expiry_certainty: location.signature?.certainty,
    metadata_source: media ? 'manifest' : null,
    file_size: media && 'fileSize' in media ? media.fileSize : null,
    mime_type: escaped(media && 'mimeType' in media ? media.mimeType : null),
    ...pixelsOf(member),
    media_details: jsonText(media && 'tags' in media ? { tags: media.tags } : null),
  });
}

/** A line that says which item the member is. */
export const toReferenceRow = (memberItemId: string, itemId: string, position: number): string =>
  copyLine(newMemberColumns, {
    ...noColumns,
    item_id: itemId,
    position,
    id: memberIdAt(itemId, position),
    member_item_id: memberItemId,
  });

const noColumns = Object.fromEntries(newMemberColumns.map((column) => [column, null])) as Record<
  (typeof newMemberColumns)[number],
  null
>;

/** A member registered again after a crash gets the same id: a UUIDv8 made of the item's id and the position. */
function memberIdAt(itemId: string, position: number): string {
  const digest = hash('sha256', `${itemId} ${position}`, 'hex');
  const variant = ((Number.parseInt(digest.slice(16, 17), 16) & 0x3) | 0x8).toString(16);
  return [
    digest.slice(0, 8),
    digest.slice(8, 12),
    `8${digest.slice(13, 16)}`,
    `${variant}${digest.slice(17, 20)}`,
    digest.slice(20, 32),
  ].join('-');
}
