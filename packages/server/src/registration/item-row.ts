import { type CopyRow, uuidToBytes } from '@latchkey/db/engine/copy-rows';
import type { NewItemColumn } from '@latchkey/db/upload-jobs/register-items';
import type { Unit } from '@latchkey/manifest/read/unit';
import type { SecretKeys } from '../access/secret-keys.js';
import { compositeMedia } from './composite-media.js';
import { mediaColumns, noObjects } from './media-columns.js';
import { expiresAt, jsonText, toTitle, urlColumns } from './object-columns.js';

/** Whose items are written, and where to. */
export interface RowOwner {
  readonly jobId: string;
  readonly folderId: string;
  /** Null: the items have no object of their own. */
  readonly integrationId: string | null;
  readonly createdBy: string;
}

/** What all rows of a part have. */
export type OwnerColumns = Pick<CopyRow<NewItemColumn>, 'folder_id' | 'integration_id' | 'created_by'>;

export const toOwnerColumns = ({ folderId, integrationId, createdBy }: RowOwner): OwnerColumns => ({
  folder_id: uuidToBytes(folderId),
  integration_id: integrationId === null ? null : uuidToBytes(integrationId),
  created_by: uuidToBytes(createdBy),
});

/** The row of an item: the URL split into its open head and its sealed tail. */
export function toItemRow(
  unit: Unit,
  id: string,
  identity: Buffer,
  owner: OwnerColumns,
  secretKeys: SecretKeys,
  titleLength: number,
  measured: ReadonlySet<object> = noObjects,
): CopyRow<NewItemColumn> {
  const { signature } = unit.location;
  const media = unit.objectUrl === null ? compositeMedia(unit, measured) : mediaColumns(unit, measured);
  return {
    id,
    ...owner,
    type: unit.itemType,
    name: unit.title ?? toTitle(unit.location.defaultTitle, titleLength),
    ...urlColumns(unit.objectUrl, unit.location.secretStart, identity, secretKeys),
    identity_hash: identity,
    expires_at: expiresAt(signature),
    expiry_certainty: signature?.certainty,
    ...media,
    client_metadata: jsonText(unit.clientMetadata),
  };
}
