import { exportFormats, type LeftOutReason } from '@latchkey/contract/export-formats';
import type { ItemType } from '@latchkey/contract/kinds';
import type { ItemRow } from '@latchkey/db/items/reader';
import type { TaskItem, TaskObject, TaskWriter } from '@latchkey/manifest/tasks/task-item';
import { type TaskFormat, taskWriter } from '@latchkey/manifest/tasks/write-tasks';
import { frameCount } from '../items/to-item.js';
import type { ExportRun } from './export-run.js';
import { type ExportRow, exportRows } from './export-source.js';

/** The items as the task file of a labelling tool. */
export async function* tasksText(
  run: ExportRun,
  format: TaskFormat,
): AsyncGenerator<string, void, undefined> {
  const { context, request } = run;
  const writer = taskWriter(format, { name: request.name, now: new Date(context.now()) });
  const leaveOutType = (row: ItemRow) => run.leaveOut(row.type as ItemType, 'type');
  yield writer.head;
  for await (const rows of exportRows(
    context,
    request.source,
    exportFormats[format].itemTypes,
    leaveOutType,
  )) {
    const written = rows.map((row) => writeItem(run, writer, row));
    const urls = written.reduce((sum, each) => sum + each.urls, 0);
    await run.handOut(urls, rows.at(0)?.row.id ?? '', rows.at(-1)?.row.id ?? '');
    run.itemsCount += written.filter(({ text }) => text !== '').length;
    yield written.map(({ text }) => text).join('');
  }
  yield writer.end(run.leftOut);
}

function writeItem(run: ExportRun, writer: TaskWriter, exported: ExportRow): { text: string; urls: number } {
  const item = toTaskItem(run, exported);
  const objects = [item, ...item.members].filter(({ url }) => url !== null).length;
  let unwritten = 0;
  const text = writer.item(item, (itemType: ItemType, reason: LeftOutReason) => {
    if (reason !== 'no_url') unwritten += 1;
    run.leaveOut(itemType, reason);
  });
  return { text, urls: text === '' ? 0 : objects - unwritten };
}

function toTaskItem(run: ExportRun, { row, members, itemIds }: ExportRow): TaskItem {
  return {
    ...toTaskObject(run, row),
    createdAt: row.created_at.toISOString(),
    clientMetadata: JSON.parse(row.client_metadata ?? '{}') as Record<string, unknown>,
    members: members.map((member) => toTaskObject(run, member)),
    isMadeOfItems: itemIds.length > 0,
  };
}

const toTaskObject = (run: ExportRun, row: ItemRow): TaskObject => ({
  uuid: row.id,
  itemType: row.type as ItemType,
  name: row.name,
  url: run.urlOf(row),
  width: row.width,
  height: row.height,
  fileSize: row.file_size,
  mimeType: row.mime_type,
  duration: row.duration,
  fps: row.fps,
  frameCount: frameCount(row),
});
