import type { FolderRole, UserRole } from '@latchkey/contract/schemas/common';
import type { Folder, FolderSummary } from '@latchkey/contract/schemas/folder';
import type { FolderRow, FolderSummaryRow } from '@latchkey/db/folders/reader';
import type { Caller } from '../context.js';

/** In the words of the official client. */
export const toUserRole = (role: FolderRole): UserRole => (role === 'admin' ? 'admin' : 'user');

/** What lies above the topmost folder that the user may see is not named: that folder has no parent for him. */
export function toFolder(row: FolderRow, caller: Caller): Folder {
  const folderRole = caller.isOrganisationAdmin ? 'admin' : (row.role ?? 'viewer');
  const parentOf = (index: number): string | null => row.lineage[index + 1]?.id ?? null;
  return {
    uuid: row.id,
    parent: parentOf(0),
    name: row.name,
    description: row.description,
    clientMetadata: row.client_metadata,
    owner: row.owner,
    createdAt: row.created_at.toISOString(),
    lastEditedAt: row.updated_at.toISOString(),
    userRole: toUserRole(folderRole),
    folderRole,
    earliestExpiry: row.earliest_expiry?.toISOString() ?? null,
    syncedDatasetHash: null,
    pathToRoot: row.lineage.map(({ id, name }, index) => ({
      uuid: id,
      parentUuid: parentOf(index),
      name,
      syncedDatasetHash: null,
    })),
  };
}

export function toFolderSummary(row: FolderSummaryRow): FolderSummary {
  const count = (type: string): number => row.items.find((entry) => entry.type === type)?.count ?? 0;
  const total = (key: 'count' | 'size'): number => row.items.reduce((sum, entry) => sum + entry[key], 0);
  return {
    files: total('count'),
    folders: row.folders_count,
    videos: count('video'),
    images: count('image'),
    imageGroups: count('imageGroup'),
    imageSequences: count('imageSequence'),
    dicomFiles: count('dicomFile'),
    dicomSeries: count('dicomSeries'),
    niftis: count('nifti'),
    audios: count('audio'),
    pdfs: count('pdf'),
    plainTexts: count('plainText'),
    scenes: count('scene'),
    timeSeries: count('timeSeries'),
    groups: count('group'),
    tombstones: 0,
    uploadJobs: row.upload_jobs_count,
    expiredItems: row.expired_count,
    itemsExpiringWithin7Days: row.expiring_count,
    totalSize: total('size'),
  };
}
