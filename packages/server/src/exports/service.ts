import { LatchkeyError } from '@latchkey/contract/errors';
import { type ExportFormat, exportFormats } from '@latchkey/contract/export-formats';
import type { ExportFolderQuery, ExportItems } from '@latchkey/contract/schemas/export';
import { v7 as uuidv7 } from 'uuid';
import { mustHaveItems } from '../access/authorise-many.js';
import type { AppContext, Caller } from '../context.js';
import { getFolderFor } from '../folders/service.js';
import { toUuid } from '../http/stored-text.js';
import { toFolderFilter } from '../items/folder-filter.js';
import { ExportRun } from './export-run.js';
import type { ExportSource } from './export-source.js';
import { itemsText } from './items-text.js';
import { manifestText } from './manifest-text.js';
import { tasksText } from './tasks-text.js';

/** An export that has begun: what it is called, and its text, which has to be read to its end or left. */
export interface StartedExport {
  readonly uuid: string;
  readonly format: ExportFormat;
  readonly name: string;
  readonly text: AsyncGenerator<string, void, undefined>;
}

/** The items of a folder; the caller's right to see it has been checked. Throws `export_not_signable`. */
export async function exportFolderFor(
  context: AppContext,
  caller: Caller,
  folderUuid: string,
  query: ExportFolderQuery,
): Promise<StartedExport> {
  const folder = await getFolderFor(context, caller, folderUuid);
  const source: ExportSource = {
    kind: 'list',
    filter: await toFolderFilter(context.db, folder.uuid, query),
  };
  return start(context, caller, query, source, folder.name);
}

/** Chosen items, in their order. Throws `item_not_found` for the first that the caller may not see. */
export async function exportItemsFor(
  context: AppContext,
  caller: Caller,
  body: ExportItems,
): Promise<StartedExport> {
  const ids = [...new Set(body.itemUuids.map((uuid) => toUuid(uuid, 'itemUuids')))];
  await mustHaveItems(context.db, caller, ids, 'viewer');
  return start(context, caller, body, { kind: 'chosen', ids }, 'items');
}

async function start(
  context: AppContext,
  caller: Caller,
  { format, withSignatures = false, exportUuid }: ExportFolderQuery | ExportItems,
  source: ExportSource,
  name: string,
): Promise<StartedExport> {
  if (withSignatures && !exportFormats[format].hasUrls)
    throw new LatchkeyError(
      'export_not_signable',
      `The format ${format} names objects by their keys: a signature has no place in it.`,
    );
  const uuid = exportUuid === undefined ? uuidv7() : toUuid(exportUuid, 'exportUuid');
  const run = new ExportRun(context, caller, { uuid, format, withSignatures, source, name });
  await run.begin();
  return { uuid, format, name, text: toItsEnd(run) };
}

/** The text, and at the end of it, or of its reader, the entry that says how far it came. */
async function* toItsEnd(run: ExportRun): AsyncGenerator<string, void, undefined> {
  let isComplete = false;
  try {
    for await (const piece of textOf(run)) if (piece !== '') yield piece;
    isComplete = true;
  } finally {
    await run.end(isComplete).catch((error: unknown) => {
      run.context.log.error(
        { err: error, exportUuid: run.request.uuid },
        'The end of an export is not recorded.',
      );
    });
  }
}

function textOf(run: ExportRun): AsyncGenerator<string, void, undefined> {
  const { format } = run.request;
  switch (format) {
    case 'items':
      return itemsText(run);
    case 'manifest-json':
      return manifestText(run, 'json');
    case 'manifest-ndjson':
      return manifestText(run, 'ndjson');
    case 'manifest-csv':
      return manifestText(run, 'csv');
    default:
      return tasksText(run, format);
  }
}
