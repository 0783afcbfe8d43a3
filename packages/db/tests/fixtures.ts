import { createHash } from 'node:crypto';
import { type CopyColumns, type CopyRow, CopyRows } from '@latchkey/db/engine/copy-rows';
import type { Executor } from '@latchkey/db/engine/executor';
import { insertFolder } from '@latchkey/db/folders/writer';
import { copyNewItems, type NewItemColumn, newItemColumns } from '@latchkey/db/upload-jobs/register-items';

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

/** With the columns of every version: tests of upgrades begin with the first. */
export async function addUser(db: Executor): Promise<string> {
  const id = nextId();
  const text = `INSERT INTO users (id, email, organisation_role) VALUES ($1, $2, 'member')`;
  await db.query({ name: 'test.user', text, values: [id, `${id}@example.com`] });
  return id;
}

export async function addFolder(db: Executor, createdBy: string): Promise<string> {
  const id = nextId();
  const folder = { id, parentId: null, name: id, description: '', clientMetadata: null, createdBy };
  await insertFolder(db, folder);
  return id;
}

/** As `addUser`. */
export async function addIntegration(db: Executor, createdBy: string): Promise<string> {
  const id = nextId();
  const text = `INSERT INTO integrations (id, title, type, strict_client_only, allowed_hosts, created_by)
    VALUES ($1::uuid, $1::text, 'directAccess', true, '{}', $2)`;
  await db.query({ name: 'test.integration', text, values: [id, createdBy] });
  return id;
}

export async function addOwner(db: Executor): Promise<Owner> {
  const userId = await addUser(db);
  const folderId = await addFolder(db, userId);
  return { userId, folderId, integrationId: await addIntegration(db, userId) };
}

/** As `CopyRows` takes them; `expires_at` also as text. */
export type ItemValues = Partial<CopyRow<NewItemColumn>>;

/** The first 16 bytes of a hash of the text. */
export function identity(text: string): Buffer {
  return createHash('sha256').update(text).digest().subarray(0, 16);
}

const flagColumns = { renews: 'boolean', upserts: 'boolean' } as const;

/** A row of the columns for COPY; what is not given is null or an image of the owner. */
export function itemRow(
  owner: Owner,
  values: ItemValues,
  flags: Partial<CopyRow<keyof typeof flagColumns>> | null = null,
  columns: CopyColumns<string> = newItemColumns,
): Uint8Array {
  const id = values.id ?? nextId();
  const expiry = values.expires_at;
  const rows = new CopyRows<string>(flags ? { ...columns, ...flagColumns } : columns, 1024);
  rows.append({
    folder_id: owner.folderId,
    integration_id: owner.integrationId,
    created_by: owner.userId,
    type: 'image',
    name: String(id),
    url_head: `https://bucket.example/${id}`,
    identity_hash: identity(String(id)),
    ...values,
    expires_at: typeof expiry === 'string' ? Date.parse(expiry) : expiry,
    id,
    ...flags,
  });
  return rows.take();
}

/** Registers items and answers their ids. */
export async function addItems(db: Executor, owner: Owner, items: readonly ItemValues[]): Promise<string[]> {
  const named = items.map((item) => ({ ...item, id: String(item.id ?? nextId()) }));
  await copyNewItems(db, Buffer.concat(named.map((item) => itemRow(owner, item))));
  return named.map(({ id }) => id);
}

/** The first column of the rows that a statement answers. */
export async function column<T>(db: Executor, text: string, values: readonly unknown[] = []): Promise<T[]> {
  const rows = await db.query<Record<string, T>>({ name: 'test.column', text, values });
  return rows.flatMap((row) => Object.values(row).slice(0, 1));
}
