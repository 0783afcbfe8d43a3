import { createHash } from 'node:crypto';
import type { Executor } from '@latchkey/db/engine/executor';
import { insertFolder } from '@latchkey/db/folders/writer';
import { insertIntegration } from '@latchkey/db/integrations/writer';
import { copyNewItems, newItemColumns } from '@latchkey/db/upload-jobs/register-items';
import { insertUser } from '@latchkey/db/users/writer';

let last = 0;

/** A new UUID, greater than all before it. */
export function nextId(): string {
  last++;
  return `019b0000-0000-7000-8000-${last.toString(16).padStart(12, '0')}`;
}

/** A user who has made a folder and an integration. */
export interface Owner {
  readonly userId: string;
  readonly folderId: string;
  readonly integrationId: string;
}

export async function addUser(db: Executor): Promise<string> {
  const id = nextId();
  const user = { id, email: `${id}@example.com`, name: '', passwordHash: null };
  await insertUser(db, { ...user, organisationRole: 'member' });
  return id;
}

export async function addFolder(db: Executor, createdBy: string): Promise<string> {
  const id = nextId();
  const folder = { id, parentId: null, name: id, description: '', clientMetadata: null, createdBy };
  await insertFolder(db, folder);
  return id;
}

export async function addIntegration(db: Executor, createdBy: string): Promise<string> {
  const id = nextId();
  await insertIntegration(db, { id, title: id, strictClientOnly: true, allowedHosts: [], createdBy });
  return id;
}

export async function addOwner(db: Executor): Promise<Owner> {
  const userId = await addUser(db);
  const folderId = await addFolder(db, userId);
  return { userId, folderId, integrationId: await addIntegration(db, userId) };
}

export type ItemColumn = (typeof newItemColumns)[number];
export type ItemValues = Readonly<Partial<Record<ItemColumn, string | number | null>>>;

/** The first 16 bytes of a hash of the text. */
export function identity(text: string): Buffer {
  return createHash('sha256').update(text).digest().subarray(0, 16);
}

/** A row of `newItemColumns` in the text of COPY; what is not given is null or an image of the owner. */
export function itemLine(
  owner: Owner,
  values: ItemValues,
  flags: readonly boolean[] = [],
  columns: readonly string[] = newItemColumns,
): string {
  const id = values.id ?? nextId();
  const defaults: ItemValues = {
    folder_id: owner.folderId,
    integration_id: owner.integrationId,
    created_by: owner.userId,
    type: 'image',
    name: String(id),
    url_head: `https://bucket.example/${id}`,
    identity_hash: `\\\\x${identity(String(id)).toString('hex')}`,
  };
  const row: ItemValues = { ...defaults, ...values, id };
  const cells = columns.map((column) => (row as Record<string, unknown>)[column] ?? '\\N');
  return `${[...cells, ...flags].join('\t')}\n`;
}

export function encoded(lines: readonly string[]): Uint8Array {
  return new TextEncoder().encode(lines.join(''));
}

/** Registers items and answers their ids. */
export async function addItems(db: Executor, owner: Owner, items: readonly ItemValues[]): Promise<string[]> {
  const named = items.map((item) => ({ ...item, id: String(item.id ?? nextId()) }));
  await copyNewItems(db, encoded(named.map((item) => itemLine(owner, item))));
  return named.map(({ id }) => id);
}

/** The first column of the rows that a statement answers. */
export async function column<T>(db: Executor, text: string, values: readonly unknown[] = []): Promise<T[]> {
  const rows = await db.query<Record<string, T>>({ name: 'test.column', text, values });
  return rows.flatMap((row) => Object.values(row).slice(0, 1));
}
