import { createHash } from 'node:crypto';
import type { ItemType } from '@latchkey/contract/kinds';
import { createDataset } from '@latchkey/contract/routes/datasets';
import { createFolder } from '@latchkey/contract/routes/folders';
import type { FolderRole } from '@latchkey/contract/schemas/common';
import { seal } from '@latchkey/server/access/seal';
import type { TestJson, TestSystem, TestUser } from '@latchkey/testkit/start-system';
import { v7 as uuidv7 } from 'uuid';

export const nobody = '00000000-0000-7000-8000-000000000000';

/** A folder of the user, by default the admin; a number in the name keeps lists apart. */
export async function folderOf(
  system: TestSystem,
  as: TestUser,
  name: string,
  parent: string | null = null,
): Promise<string> {
  const { status, body } = await system.call(createFolder, { body: { name, parent }, as });
  if (status !== 200) throw new Error(`createFolder answered ${status}: ${JSON.stringify(body)}`);
  return body.uuid;
}

export async function share(
  system: TestSystem,
  folder: string,
  user: TestUser,
  role: FolderRole,
): Promise<void> {
  const text = 'INSERT INTO folder_members (folder_id, user_id, role) VALUES ($1, $2, $3)';
  await system.context.db.query({ name: 'test.share', text, values: [folder, user.uuid, role] });
}

export async function newDataset(system: TestSystem, as: TestUser, title = 'Dataset'): Promise<string> {
  const { status, body } = await system.call(createDataset, { body: { title }, as });
  if (status !== 200) throw new Error(`createDataset answered ${status}: ${JSON.stringify(body)}`);
  return body.datasetUuid;
}

export async function shareDataset(
  system: TestSystem,
  dataset: string,
  user: TestUser,
  role: 'user' | 'admin',
): Promise<void> {
  const text = 'INSERT INTO dataset_members (dataset_id, user_id, role) VALUES ($1, $2, $3)';
  await system.context.db.query({ name: 'test.share', text, values: [dataset, user.uuid, role] });
}

export interface TestItem {
  readonly name: string;
  readonly type?: ItemType;
  readonly integration?: string;
  readonly head?: string;
  /** Sealed as the registration does it. */
  readonly tail?: string;
  readonly columns?: Readonly<Record<string, unknown>>;
}

/** Writes rows as the registration would; answers the ids in order. */
export async function insertItems(
  system: TestSystem,
  owner: TestUser,
  folder: string,
  items: readonly TestItem[],
): Promise<string[]> {
  const rows = items.map((item) => {
    const identity = createHash('sha256').update(uuidv7()).digest().subarray(0, 16);
    const sealed = item.tail === undefined ? null : seal(system.context.secretKeys, identity, item.tail);
    return {
      folder_id: folder,
      id: uuidv7(),
      type: item.type ?? 'image',
      name: item.name,
      description: '',
      integration_id: item.integration ?? null,
      url_head: item.head ?? `https://acme.example/${encodeURIComponent(item.name)}`,
      url_tail_sealed: sealed && `\\x${sealed.toString('hex')}`,
      identity_hash: `\\x${identity.toString('hex')}`,
      created_by: owner.uuid,
      created_at: new Date().toISOString(),
      updated_at: new Date().toISOString(),
      ...item.columns,
    };
  });
  const text = 'INSERT INTO items SELECT * FROM json_populate_recordset(NULL::items, $1)';
  await system.context.db.query({ name: 'test.items', text, values: [JSON.stringify(rows)] });
  return rows.map(({ id }) => id);
}

/** An upload job with one open part, as it stands before the worker takes it. */
export async function insertPendingJob(system: TestSystem, owner: TestUser, folder: string): Promise<string> {
  const id = uuidv7();
  await system.context.spool.write(
    `${id}.manifest`,
    (async function* () {
      yield Buffer.from('{"images":[{}]}');
    })(),
  );
  await system.context.db.query({
    name: 'test.job',
    text: `INSERT INTO upload_jobs (id, folder_id, created_by, status, phase, ignore_errors, skip_duplicate_urls, upsert_metadata, spool_key, units_total, parts_open)
      VALUES ($1, $2, $3, 'PENDING', 'registering', true, false, false, $4, 1, 1)`,
    values: [id, folder, owner.uuid, `${id}.manifest`],
  });
  await system.context.db.query({
    name: 'test.part',
    text: `INSERT INTO upload_job_parts (job_id, part, first_position, kind, first_element, unit_count, byte_start, byte_end, first_line, first_column)
      VALUES ($1, 0, 0, 'images', 0, 1, 11, 13, 1, 12)`,
    values: [id],
  });
  return id;
}

export async function auditOf(system: TestSystem, action: string): Promise<TestJson[]> {
  const text = 'SELECT user_id, subject_id, details FROM audit_log WHERE action = $1 ORDER BY id';
  return system.context.db.query<TestJson>({ name: 'test.audit', text, values: [action] });
}

export const names = (results: readonly { name: string }[]): string[] => results.map(({ name }) => name);

/** Names of all pages, read one after another. */
export async function walk(page: (pageToken?: string) => Promise<TestJson>): Promise<string[]> {
  const found: string[] = [];
  let token: string | undefined;
  do {
    const { results, nextPageToken } = await page(token);
    found.push(...names(results));
    token = nextPageToken ?? undefined;
  } while (token !== undefined);
  return found;
}
