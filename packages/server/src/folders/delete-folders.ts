import { LatchkeyError } from '@latchkey/contract/errors';
import { insertAuditEntries } from '@latchkey/db/audit/writer';
import type { Executor } from '@latchkey/db/engine/executor';
import { getFolderSummary, getFolders } from '@latchkey/db/folders/reader';
import {
  type DeletedJob,
  deleteFolders,
  deleteUploadJobsIn,
  listFilledFolders,
  lockPartsBelow,
  lockSubtrees,
} from '@latchkey/db/folders/subtree';
import { lockFolderTree } from '@latchkey/db/folders/writer';
import { deleteItemsOf } from '@latchkey/db/items/writer';
import { v7 as uuidv7 } from 'uuid';
import { notFound } from '../access/authorise-many.js';
import type { AppContext, Caller } from '../context.js';
import { discardManifest } from '../registration/spooled-manifests.js';

export interface DeletedFolders {
  readonly itemsCount: number;
  readonly foldersCount: number;
  readonly jobs: readonly DeletedJob[];
}

/**
 * Deletes a folder. `recursive`: with its items, sub-folders and upload jobs; a pending job ends with it, and what it
 * has not registered yet never will be. Otherwise throws `folder_not_empty`, saying what is in it.
 */
export async function deleteFolderFor(
  context: AppContext,
  caller: Caller,
  id: string,
  recursive: boolean,
): Promise<void> {
  const { jobs } = await context.db.transaction(async (tx) => {
    const ids = await lockTreeForDeletion(tx, [id]);
    const [folder] = await getFolders(tx, [id], { userId: caller.userId, seesAll: false });
    if (!folder) throw notFound('folder_not_found', id);
    if (!recursive) await mustBeEmpty(tx, id);
    const deleted = await deleteLockedFolders(tx, ids);
    await insertAuditEntries(tx, [
      {
        id: uuidv7(),
        userId: caller.userId,
        action: 'folder.delete',
        subjectType: 'folder',
        subjectId: id,
        details: { name: folder.name, ...countsOf(deleted) },
      },
    ]);
    return deleted;
  });
  await releaseJobs(context, jobs);
}

/**
 * Waits for registrations under way in the folders and below, and keeps others out until the transaction ends.
 * Answers the ids of all these folders.
 */
export async function lockTreeForDeletion(tx: Executor, folderIds: readonly string[]): Promise<string[]> {
  await lockPartsBelow(tx, folderIds);
  await lockFolderTree(tx, 'change');
  return lockSubtrees(tx, folderIds);
}

/** Takes what `lockTreeForDeletion` answered; after the commit, `releaseJobs` is due. */
export async function deleteLockedFolders(tx: Executor, ids: readonly string[]): Promise<DeletedFolders> {
  let itemsCount = 0;
  for (const folderId of await listFilledFolders(tx, ids)) itemsCount += await deleteItemsOf(tx, folderId);
  const jobs = await deleteUploadJobsIn(tx, ids);
  await deleteFolders(tx, ids);
  return { itemsCount, foldersCount: ids.length, jobs };
}

/** Ends the long polls of jobs that are gone and removes their manifests. */
export async function releaseJobs(context: AppContext, jobs: readonly DeletedJob[]): Promise<void> {
  for (const { id, spool_key } of jobs) {
    context.jobEvents.finished(id);
    if (spool_key !== null) await discardManifest(context, spool_key);
  }
}

/** What the audit log says of a deletion. */
export function countsOf({ itemsCount, foldersCount, jobs }: DeletedFolders): Record<string, number> {
  const pending = jobs.filter(({ status }) => status === 'PENDING').length;
  return { itemsCount, foldersCount, uploadJobsCount: jobs.length, pendingUploadJobsCount: pending };
}

async function mustBeEmpty(tx: Executor, id: string): Promise<void> {
  const summary = await getFolderSummary(tx, id);
  const itemsCount = summary.items.reduce((sum, { count }) => sum + count, 0);
  const foldersCount = summary.folders_count;
  const pendingUploadJobsCount = summary.pending_jobs_count;
  if (itemsCount + foldersCount + pendingUploadJobsCount === 0) return;
  throw new LatchkeyError(
    'folder_not_empty',
    `The folder holds ${itemsCount} items, ${foldersCount} sub-folders and ${pendingUploadJobsCount} pending upload jobs. Delete its contents first, or delete all of it with recursive=true.`,
    { details: { itemsCount, foldersCount, pendingUploadJobsCount } },
  );
}
