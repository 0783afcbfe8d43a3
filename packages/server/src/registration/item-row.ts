import { newItemColumns } from '@latchkey/db/upload-jobs/register-items';
import type { Unit } from '@latchkey/manifest/read/unit';
import type { SealKey } from '../access/seal.js';
import { compositeMedia } from './composite-media.js';
import { bytesText, copyLine, escaped, jsonText, timestampText } from './copy-text.js';
import { mediaColumns } from './media-columns.js';
import { toTitle, urlColumns } from './object-columns.js';

/** Whose items are written, and where to. */
export interface RowOwner {
  readonly jobId: string;
  readonly folderId: string;
  /** Null: the items have no object of their own. */
  readonly integrationId: string | null;
  readonly createdBy: string;
}

/** A line of COPY's text format, with its newline: the URL split into its open head and its sealed tail. */
export function toItemRow(
  unit: Unit,
  id: string,
  identity: Buffer,
  owner: RowOwner,
  sealKey: SealKey,
  titleLength: number,
): string {
  const { signature } = unit.location;
  const media = unit.objectUrl === null ? compositeMedia(unit) : mediaColumns(unit);
  return copyLine(newItemColumns, {
    id,
    folder_id: owner.folderId,
    integration_id: owner.integrationId,
    created_by: owner.createdBy,
    type: unit.itemType,
    name: escaped(unit.title ?? toTitle(unit.location.defaultTitle, titleLength)),
    ...urlColumns(unit.objectUrl, unit.location.secretStart, identity, sealKey),
    identity_hash: bytesText(identity),
    expires_at: timestampText(signature?.expiresAt ?? null),
    expiry_certainty: signature?.certainty,
    ...media,
    client_metadata: jsonText(unit.clientMetadata),
  });
}
