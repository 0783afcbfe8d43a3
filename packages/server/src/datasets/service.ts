import { LatchkeyError } from '@latchkey/contract/errors';
import type {
  CreateDataset,
  Dataset,
  ListDatasetsQuery,
  PatchDataset,
} from '@latchkey/contract/schemas/dataset';
import { insertAuditEntries } from '@latchkey/db/audit/writer';
import { type DatasetRow, getDataset, listDatasets } from '@latchkey/db/datasets/reader';
import { deleteDataset, insertDataset, updateDataset } from '@latchkey/db/datasets/writer';
import { upsertSharedMember } from '@latchkey/db/sharing/writer';
import { v7 as uuidv7 } from 'uuid';
import type { AppContext, Caller } from '../context.js';
import { toStoredText } from '../http/stored-text.js';
import { toMoment } from '../items/list-items.js';

export async function createDatasetFor(
  { db }: AppContext,
  caller: Caller,
  { title, description }: CreateDataset,
): Promise<string> {
  const id = uuidv7();
  const dataset = {
    id,
    title: toStoredText(title, 'title'),
    description: toStoredText(description ?? '', 'description'),
    createdBy: caller.userId,
  };
  await db.transaction(async (tx) => {
    await insertDataset(tx, dataset);
    await upsertSharedMember(tx, { kind: 'dataset', id }, caller.userId, 'admin');
  });
  return id;
}

export async function listDatasetsFor(
  { db }: AppContext,
  caller: Caller,
  query: ListDatasetsQuery,
): Promise<Dataset[]> {
  const text = (field: 'titleEq' | 'titleLike' | 'descriptionEq' | 'descriptionLike') =>
    query[field] === undefined ? null : toStoredText(query[field], field);
  const moment = (field: 'createdBefore' | 'createdAfter' | 'editedBefore' | 'editedAfter') =>
    toMoment(query[field], field);
  const isForAll = caller.isOrganisationAdmin && (query.includeOrgAccess ?? false);
  const rows = await listDatasets(db, caller.userId, isForAll, {
    titleEq: text('titleEq'),
    titleLike: text('titleLike'),
    descriptionEq: text('descriptionEq'),
    descriptionLike: text('descriptionLike'),
    createdBefore: moment('createdBefore'),
    createdAfter: moment('createdAfter'),
    editedBefore: moment('editedBefore'),
    editedAfter: moment('editedAfter'),
  });
  return rows.map(toDataset);
}

export async function getDatasetFor({ db }: AppContext, caller: Caller, id: string): Promise<Dataset> {
  const row = await getDataset(db, id, caller.userId);
  if (!row) throw new LatchkeyError('dataset_not_found');
  return toDataset(row);
}

export async function changeDataset(
  context: AppContext,
  caller: Caller,
  id: string,
  { title, description }: PatchDataset,
): Promise<Dataset> {
  const isThere = await updateDataset(context.db, id, {
    title: title === undefined ? null : toStoredText(title, 'title'),
    description: description === undefined ? null : toStoredText(description, 'description'),
  });
  if (!isThere) throw new LatchkeyError('dataset_not_found');
  return getDatasetFor(context, caller, id);
}

export async function removeDataset({ db }: AppContext, caller: Caller, id: string): Promise<void> {
  await db.transaction(async (tx) => {
    const row = await getDataset(tx, id, caller.userId);
    if (!row || !(await deleteDataset(tx, id))) throw new LatchkeyError('dataset_not_found');
    await insertAuditEntries(tx, [
      {
        id: uuidv7(),
        userId: caller.userId,
        action: 'dataset.delete',
        subjectType: 'dataset',
        subjectId: id,
        details: { title: row.title, itemsCount: row.items_count },
      },
    ]);
  });
}

const toDataset = (row: DatasetRow): Dataset => ({
  datasetUuid: row.id,
  title: row.title,
  description: row.description,
  createdAt: row.created_at.toISOString(),
  lastEditedAt: row.updated_at.toISOString(),
  userRole: row.role,
  backingFolderUuid: null,
  itemsCount: row.items_count,
});
