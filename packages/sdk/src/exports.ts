import * as routes from '@latchkey/contract/routes/exports';
import type { ExportFolderQuery, ExportItems, ExportReport } from '@latchkey/contract/schemas/export';
import { type Download, toDownload } from './downloads.js';
import type { Transport } from './transport.js';

/** A file of items. */
export interface ItemExport extends Download {
  readonly exportUuid: string;
  /** What was left out and why; whole once `content` is read to its end. */
  readonly report: () => Promise<ExportReport>;
}

interface Signal {
  readonly signal?: AbortSignal | undefined;
}
export type ExportFolderOptions = Omit<ExportFolderQuery, 'exportUuid'> & Signal;
export type ExportItemsOptions = Omit<ExportItems, 'exportUuid' | 'itemUuids'> & Signal;

export async function exportFolder(
  transport: Transport,
  folderUuid: string,
  { signal, ...query }: ExportFolderOptions,
): Promise<ItemExport> {
  const options = { params: { folderUuid }, query, signal };
  return toExport(transport, await transport.open(routes.exportFolder, options), signal);
}

export async function exportItems(
  transport: Transport,
  itemUuids: readonly string[],
  { signal, ...options }: ExportItemsOptions,
): Promise<ItemExport> {
  const body = { ...options, itemUuids: [...itemUuids] };
  return toExport(transport, await transport.open(routes.exportItems, { body, signal }), signal);
}

function toExport(transport: Transport, response: Response, signal: AbortSignal | undefined): ItemExport {
  const exportUuid = response.headers.get('x-export-uuid') ?? '';
  return {
    ...toDownload(response, signal),
    exportUuid,
    report: () => transport.call(routes.getExportReport, { params: { exportUuid } }),
  };
}
