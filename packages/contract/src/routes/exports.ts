import { defineRoute } from '../route.js';
import { ExportFolderQuery, ExportItems, ExportParams, ExportReport } from '../schemas/export.js';
import { FolderParams, prefix } from './params.js';

const tag = 'Exports';

export const exportFolder = defineRoute({
  operationId: 'exportFolder',
  method: 'GET',
  path: `${prefix}/storage/folders/{folderUuid}/export`,
  tag,
  summary:
    'The items of a folder as a stream, in the format asked for. What the format cannot hold is in the report of the UUID in the header X-Export-Uuid.',
  permission: 'folder:viewer',
  schemas: { params: FolderParams, query: ExportFolderQuery },
  errors: ['folder_not_found', 'export_not_signable'],
  produces: 'application/octet-stream',
});
export const exportItems = defineRoute({
  operationId: 'exportItems',
  method: 'POST',
  isReading: true,
  path: `${prefix}/storage/items/export`,
  tag,
  summary: 'A selection of items in the format asked for, as exportFolder answers them.',
  permission: 'user',
  schemas: { body: ExportItems },
  errors: ['item_not_found', 'export_not_signable'],
  produces: 'application/octet-stream',
});
export const getExportReport = defineRoute({
  operationId: 'getExportReport',
  method: 'GET',
  path: `${prefix}/storage/exports/{exportUuid}`,
  tag,
  summary: 'What became of an export of yours: how many items it holds, and what was left out and why.',
  permission: 'user',
  schemas: { params: ExportParams, response: ExportReport },
  errors: ['export_not_found'],
});
