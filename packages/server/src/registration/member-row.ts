import { hash } from 'node:crypto';
import type { CopyRow } from '@latchkey/db/engine/copy-rows';
import { type NewMemberColumn, newMemberColumns } from '@latchkey/db/items/members';
import type { UnitMember } from '@latchkey/manifest/read/unit';
import type { SecretKeys } from '../access/secret-keys.js';
import { pixelsOf } from './composite-media.js';
import { metadataSource, noObjects } from './media-columns.js';
import { expiresAt, jsonText, toTitle, urlColumns } from './object-columns.js';

/** The first 16 bytes of the SHA-256 of an object identity. */
export const identityHash = (identity: string): Buffer => hash('sha256', identity, 'buffer').subarray(0, 16);

/** The row of a member with an object of its own. */
export function toMemberRow(
  member: UnitMember,
  itemId: string,
  position: number,
  secretKeys: SecretKeys,
  titleLength: number,
  measured: ReadonlySet<object> = noObjects,
): CopyRow<NewMemberColumn> {
  const { location, mediaMetadata: media } = member;
  const identity = identityHash(location.identity);
  return {
    item_id: itemId,
    position,
    id: memberIdAt(itemId, position),
    member_item_id: null,
    type: member.itemType,
    name: member.title ?? toTitle(location.defaultTitle, titleLength),
    ...urlColumns(member.objectUrl, location.secretStart, identity, secretKeys),
    identity_hash: identity,
    expires_at: expiresAt(location.signature),
    expiry_certainty: location.signature?.certainty,
    metadata_source: metadataSource(member, measured),
    file_size: media && 'fileSize' in media ? media.fileSize : null,
    mime_type: media && 'mimeType' in media ? media.mimeType : null,
    ...pixelsOf(member),
    media_details: jsonText(detailsOf(media)),
  };
}

/** What of the metadata has no column. */
function detailsOf(media: UnitMember['mediaMetadata']): object | null {
  if (media === null) return null;
  if ('tags' in media) return { tags: media.tags };
  return 'numPoints' in media ? { numPoints: media.numPoints } : null;
}

/** The row that says which item the member is. */
export const toReferenceRow = (
  memberItemId: string,
  itemId: string,
  position: number,
): CopyRow<NewMemberColumn> => ({
  ...noColumns,
  item_id: itemId,
  position,
  id: memberIdAt(itemId, position),
  member_item_id: memberItemId,
});

const noColumns = Object.fromEntries(
  Object.keys(newMemberColumns).map((column) => [column, null]),
) as CopyRow<NewMemberColumn>;

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
