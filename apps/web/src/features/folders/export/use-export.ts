import type { ExportFormat } from '@latchkey/contract/export-formats';
import { exportFolder, getExportReport } from '@latchkey/contract/routes/exports';
import type { ExportReport } from '@latchkey/contract/schemas/export';
import type { Item } from '@latchkey/contract/schemas/item';
import { ApiError } from '@latchkey/sdk/errors';
import { exportItems } from '@latchkey/sdk/exports';
import { useMutation, useQuery } from '@tanstack/react-query';
import { transport } from '../../../lib/api.js';
import { newUuid } from '../../../lib/new-uuid.js';
import { saveFile } from '../../../lib/save-file.js';
import { itemFilterOf, type Listing } from '../listing.js';

/** What is exported: all that the list of a folder shows, or selected items. */
export type ExportedRows =
  | { readonly kind: 'folder'; readonly folderUuid: string; readonly listing: Listing }
  | { readonly kind: 'items'; readonly items: readonly Item[] };

export interface ExportChoice {
  readonly format: ExportFormat;
  readonly withSignatures: boolean;
}

/** Answers the UUID by which the report is asked for. */
export function useStartExport(rows: ExportedRows) {
  return useMutation({
    mutationFn: (choice: ExportChoice) =>
      rows.kind === 'folder' ? downloadFolder(rows, choice) : saveItems(rows.items, choice),
  });
}

/** The browser downloads it, however large it is. */
async function downloadFolder(
  { folderUuid, listing }: Extract<ExportedRows, { kind: 'folder' }>,
  choice: ExportChoice,
): Promise<string> {
  const exportUuid = newUuid();
  const query = { ...choice, exportUuid, ...itemFilterOf(listing, Date.now()) };
  const link = document.createElement('a');
  link.href = transport.url(exportFolder, { params: { folderUuid }, query });
  link.download = '';
  link.click();
  return exportUuid;
}

async function saveItems(items: readonly Item[], choice: ExportChoice): Promise<string> {
  const uuids = items.map(({ uuid }) => uuid);
  const { content, contentType, fileName, exportUuid } = await exportItems(transport, uuids, choice);
  const pieces: BlobPart[] = [];
  for await (const piece of content) pieces.push(new Uint8Array(piece));
  saveFile(new Blob(pieces, { type: contentType }), fileName ?? 'items');
  return exportUuid;
}

const pollMilliseconds = 1000;
/** So long a download may take to begin: the browser may ask first where to put it. */
const asksBeforeMissing = 120;

/** The report of a running export, and of one that has ended. */
export function useExportReport(exportUuid: string | undefined) {
  return useQuery<ExportReport>({
    queryKey: ['exports', exportUuid],
    queryFn: ({ signal }) =>
      transport.call(getExportReport, { params: { exportUuid: exportUuid ?? '' }, signal }),
    enabled: exportUuid !== undefined,
    retry: (count, error) =>
      error instanceof ApiError && error.code === 'export_not_found' && count < asksBeforeMissing,
    retryDelay: pollMilliseconds,
    refetchInterval: (query) => (query.state.data?.status === 'RUNNING' ? pollMilliseconds : false),
  });
}
