import { defineRoute } from '../route.js';
import {
  CreateDataGroups,
  DataGroupUuids,
  DeleteItems,
  DeleteItemsResult,
  GetChildItemsQuery,
  GetItemQuery,
  GetItemsBulk,
  Item,
  ItemPage,
  ItemSummary,
  ItemSummaryQuery,
  ListItemsQuery,
  MigrateStorage,
  MoveItems,
  PatchItem,
  PatchItemsBulk,
} from '../schemas/item.js';
import { EditedItems, EditItemsMetadata, ItemHistory, ItemHistoryQuery } from '../schemas/item-changes.js';
import {
  CountMatchingQuery,
  DeleteMatching,
  EditedMatching,
  EditMatchingMetadata,
  MatchingCount,
  MatchingStep,
  MoveMatching,
} from '../schemas/matching.js';
import { FolderItemParams, FolderParams, ItemParams, prefix } from './params.js';

const tag = 'Items';
const inFolder = `${prefix}/storage/folders/{folderUuid}/items`;
const base = `${prefix}/storage/items`;

export const listItems = defineRoute({
  operationId: 'listItems',
  method: 'GET',
  path: inFolder,
  tag,
  summary: 'Items of a folder, or with isRecursive of all folders below it.',
  permission: 'folder:viewer',
  schemas: { params: FolderParams, query: ListItemsQuery, response: ItemPage },
  errors: ['folder_not_found', 'invalid_page_token'],
});
export const searchItems = defineRoute({
  operationId: 'searchItems',
  method: 'GET',
  path: `${prefix}/storage/search/items`,
  tag,
  summary: 'Items anywhere that the user may see; needs search, itemTypes or an expiry.',
  permission: 'user',
  schemas: { query: ListItemsQuery, response: ItemPage },
  errors: ['invalid_page_token'],
});
export const getItem = defineRoute({
  operationId: 'getItem',
  method: 'GET',
  path: `${base}/{itemUuid}`,
  tag,
  summary: 'One item. With signUrl the answer hands out the object URL, which is recorded in the audit log.',
  permission: 'item:viewer',
  schemas: { params: ItemParams, query: GetItemQuery, response: Item },
  errors: ['item_not_found'],
});
export const getItemsBulk = defineRoute({
  operationId: 'getItemsBulk',
  method: 'POST',
  isReading: true,
  path: `${base}/get-bulk`,
  tag,
  summary: 'Items in the order of the request; one that the user may not see refuses the whole request.',
  permission: 'user',
  schemas: { body: GetItemsBulk, response: ItemPage },
  errors: ['item_not_found'],
});
export const getChildItems = defineRoute({
  operationId: 'getChildItems',
  method: 'GET',
  path: `${inFolder}/{itemUuid}/child-items`,
  tag,
  summary: 'Members of a composite item, in order.',
  permission: 'item:viewer',
  schemas: { params: FolderItemParams, query: GetChildItemsQuery, response: ItemPage },
  errors: ['item_not_found'],
});
export const createDataGroups = defineRoute({
  operationId: 'createDataGroups',
  method: 'POST',
  path: `${prefix}/storage/folders/{folderUuid}/create-group-items`,
  tag,
  summary: 'Make data groups of registered items, under the rules of a manifest; all or nothing.',
  permission: 'folder:editor',
  schemas: { params: FolderParams, body: CreateDataGroups, response: DataGroupUuids },
  errors: ['folder_not_found', 'data_group_invalid'],
});
export const patchItem = defineRoute({
  operationId: 'patchItem',
  method: 'PATCH',
  path: `${inFolder}/{itemUuid}`,
  tag,
  summary: 'Change name, description or client metadata.',
  permission: 'item:editor',
  schemas: { params: FolderItemParams, body: PatchItem, response: Item },
  errors: ['item_not_found', 'invalid_client_metadata', 'invalid_client_metadata_value'],
});
export const patchItemsBulk = defineRoute({
  operationId: 'patchItemsBulk',
  method: 'PATCH',
  path: `${base}/patch-bulk`,
  tag,
  summary: 'Change many items; all or nothing.',
  permission: 'user',
  schemas: { body: PatchItemsBulk, response: ItemPage },
  errors: ['item_not_found', 'invalid_client_metadata', 'invalid_client_metadata_value'],
});
export const editItemsMetadata = defineRoute({
  operationId: 'editItemsMetadata',
  method: 'PATCH',
  path: `${base}/client-metadata`,
  tag,
  summary: 'Set and remove keys of the client metadata of many items; all or nothing.',
  permission: 'user',
  schemas: { body: EditItemsMetadata, response: EditedItems },
  errors: ['item_not_found', 'invalid_client_metadata', 'invalid_client_metadata_value'],
});
export const getItemHistory = defineRoute({
  operationId: 'getItemHistory',
  method: 'GET',
  path: `${inFolder}/{itemUuid}/history`,
  tag,
  summary: 'Who changed, moved or renewed the item, newest first, as far back as the audit log is kept.',
  permission: 'item:viewer',
  schemas: { params: FolderItemParams, query: ItemHistoryQuery, response: ItemHistory },
  errors: ['item_not_found', 'invalid_page_token'],
});
export const moveItems = defineRoute({
  operationId: 'moveItems',
  method: 'POST',
  path: `${inFolder}/move`,
  tag,
  summary: 'Move items of this folder to another one; all or nothing.',
  permission: 'folder:editor',
  schemas: { params: FolderParams, body: MoveItems },
  errors: ['folder_not_found', 'item_not_found'],
});
export const migrateStorage = defineRoute({
  operationId: 'migrateStorage',
  method: 'POST',
  path: `${base}/migrate-storage`,
  tag,
  summary:
    'Give items another object URL, another integration or both, keeping UUID, name and metadata; all or nothing.',
  permission: 'user',
  schemas: { body: MigrateStorage },
  errors: ['item_not_found', 'integration_not_found', 'integration_strict_conflict'],
});
export const deleteItems = defineRoute({
  operationId: 'deleteItems',
  method: 'POST',
  path: `${inFolder}/delete`,
  tag,
  summary: 'Delete items and sub-folders of this folder; the data stays where it is.',
  permission: 'folder:editor',
  schemas: { params: FolderParams, body: DeleteItems, response: DeleteItemsResult },
  errors: ['folder_not_found', 'item_not_found'],
});
export const countMatchingItems = defineRoute({
  operationId: 'countMatchingItems',
  method: 'GET',
  path: `${inFolder}/count`,
  tag,
  summary: 'How many items of the folder a filter finds; a search is counted to a limit.',
  permission: 'folder:viewer',
  schemas: { params: FolderParams, query: CountMatchingQuery, response: MatchingCount },
  errors: ['folder_not_found'],
});
export const moveMatchingItems = defineRoute({
  operationId: 'moveMatchingItems',
  method: 'POST',
  path: `${inFolder}/move-matching`,
  tag,
  summary: 'Move the items that a filter finds, a bounded number a request: go on with nextPageToken.',
  permission: 'folder:editor',
  schemas: { params: FolderParams, body: MoveMatching, response: MatchingStep },
  errors: ['folder_not_found', 'invalid_page_token'],
});
export const deleteMatchingItems = defineRoute({
  operationId: 'deleteMatchingItems',
  method: 'POST',
  path: `${inFolder}/delete-matching`,
  tag,
  summary:
    'Delete the items that a filter finds, a bounded number a request: go on with nextPageToken. The data stays where it is.',
  permission: 'folder:editor',
  schemas: { params: FolderParams, body: DeleteMatching, response: MatchingStep },
  errors: ['folder_not_found', 'invalid_page_token'],
});
export const editMatchingMetadata = defineRoute({
  operationId: 'editMatchingMetadata',
  method: 'POST',
  path: `${inFolder}/client-metadata-matching`,
  tag,
  summary:
    'Set and remove keys of the client metadata of the items that a filter finds, a bounded number a request: go on with nextPageToken. Items that it would make too large stay, and are named.',
  permission: 'folder:editor',
  schemas: { params: FolderParams, body: EditMatchingMetadata, response: EditedMatching },
  errors: [
    'folder_not_found',
    'invalid_page_token',
    'invalid_client_metadata',
    'invalid_client_metadata_value',
  ],
});
export const getItemSummary = defineRoute({
  operationId: 'getItemSummary',
  method: 'GET',
  path: `${inFolder}/{itemUuid}/summary`,
  tag,
  summary: 'Where the item is used.',
  permission: 'item:viewer',
  schemas: { params: FolderItemParams, query: ItemSummaryQuery, response: ItemSummary },
  errors: ['item_not_found'],
});
