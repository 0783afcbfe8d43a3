import type { AuditEntry } from '@latchkey/db/audit/writer';
import type { ItemRow } from '@latchkey/db/items/reader';
import { v7 as uuidv7 } from 'uuid';

type Rows = readonly Pick<ItemRow, 'id' | 'folder_id' | 'integration_id'>[];
type Details = AuditEntry['details'];

/** One entry about an item, or about all of several, which are found by their ids: its cost does not grow with them. */
export function aboutItems(userId: string, action: string, rows: Rows, details: Details = {}): AuditEntry {
  const entry = { id: uuidv7(), userId, action, subjectType: 'item' as const };
  const [first] = rows;
  if (rows.length === 1 && first) {
    const place = { integrationId: first.integration_id, folderId: first.folder_id };
    return { ...entry, subjectId: first.id, details: { ...place, ...details } };
  }
  const itemUuids = rows.map(({ id }) => id);
  const folderUuids = [...new Set(rows.map(({ folder_id }) => folder_id))];
  return { ...entry, subjectId: null, details: { itemUuids, folderUuids, ...details } };
}
