import { exportAuditLog, listAuditLog, verifyAuditLog } from '@latchkey/contract/routes/audit';
import { createFolder, patchFolder } from '@latchkey/contract/routes/folders';
import { getItemsBulk } from '@latchkey/contract/routes/items';
import { createUser as addUser, signIn } from '@latchkey/contract/routes/session';
import { insertAuditEntries } from '@latchkey/db/audit/writer';
import { removeOldAuditEntries, segmentLength } from '@latchkey/server/audit/retention';
import { sealAuditLog } from '@latchkey/server/audit/seal-log';
import { startTestSystem, type TestJson, type TestSystem } from '@latchkey/testkit/start-system';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { linesOf } from './export-fixtures.js';
import { newFolder, newIntegration } from './fixtures.js';
import { sql } from './registration-fixtures.js';
import { folderOf, insertItems } from './storage-fixtures.js';

const list = async (system: TestSystem, query: object = {}): Promise<TestJson[]> =>
  (await system.call(listAuditLog, { query: { pageSize: 1000, ...query } })).body.results;
const verify = async (system: TestSystem, query: object = {}): Promise<TestJson> =>
  (await system.call(verifyAuditLog, { query })).body;

const entry = (details: object = {}, id = uuidv7()) => ({
  id,
  userId: null,
  action: 'test.done',
  subjectType: 'folder' as const,
  subjectId: null,
  details: { ...details },
});

describe('the audit log', () => {
  let system: TestSystem;
  beforeAll(async () => {
    system = await startTestSystem();
  });
  afterAll(() => system.close());

  it('has who changed what, with the fields and never the values', async () => {
    const folder = await newFolder(system);
    const body = { description: 'nobody should read this here' };
    await system.call(patchFolder, { params: { folderUuid: folder }, body });
    const entries = await list(system, { subject: folder });
    expect(entries).toMatchObject([
      { action: 'folder.change', subjectType: 'folder', details: { fields: ['description'] } },
      { action: 'folder.create', actor: { uuid: system.admin.uuid, email: system.admin.email } },
    ]);
    expect(JSON.stringify(entries)).not.toContain('nobody should');
  });

  it('has who signed in, and who could not', async () => {
    const email = `${uuidv7()}@example.com`;
    const { body: made } = await system.call(addUser, { body: { email, password: 'a long password' } });
    await system.call(signIn, { body: { email, password: 'another password' }, as: null });
    await system.call(signIn, { body: { email, password: 'a long password' }, as: null });
    expect(await list(system, { actor: email })).toMatchObject([
      { action: 'session.begin', details: { address: '127.0.0.1' } },
    ]);
    await vi.waitFor(async () => {
      const refused = (await list(system, { action: 'request.refused' })).filter(
        ({ details }) => details.email === email,
      );
      expect(refused).toMatchObject([
        { actor: null, details: { operation: 'signIn', code: 'invalid_credentials', count: 1 } },
      ]);
    }, 10_000);
    expect(await list(system, { subject: made.uuid })).toMatchObject([{ action: 'user.create' }]);
    expect(JSON.stringify(await list(system))).not.toMatch(/long password|another password/);
  });

  it('counts what is refused again and again', async () => {
    const stranger = await system.createUser();
    const folder = await newFolder(system);
    const body = { name: 'x' };
    for (let at = 0; at < 5; at++)
      await system.call(patchFolder, { params: { folderUuid: folder }, body, as: stranger });
    await vi.waitFor(async () => {
      const entries = await list(system, { actor: stranger.uuid });
      expect(entries.reduce((sum, { details }) => sum + details.count, 0)).toBe(5);
      expect(entries[0]).toMatchObject({
        action: 'request.refused',
        subjectUuid: folder,
        details: { operation: 'patchFolder', code: 'folder_not_found' },
      });
    }, 10_000);
  });

  it('has one entry for the URLs of several items, which each of them finds', async () => {
    const integration = await newIntegration(system);
    const folder = await folderOf(system, system.admin, 'handed');
    const items = await insertItems(system, system.admin, folder, [
      { name: 'a', integration },
      { name: 'b', integration },
    ]);
    await system.call(getItemsBulk, { body: { itemUuids: items, signUrls: true } });
    for (const subject of items)
      expect(await list(system, { subject })).toMatchObject([
        { action: 'item.url.handOut', subjectUuid: null, details: { itemUuids: items } },
      ]);
    expect(await list(system, { subject: items[0], action: 'item.delete' })).toEqual([]);
  });

  it('is read page by page, by time, and by admins alone', async () => {
    const marks = Array.from({ length: 5 }, () => entry());
    await insertAuditEntries(system.context.db, marks);
    const query = { action: 'test.done', pageSize: 2 };
    const first = (await system.call(listAuditLog, { query })).body;
    const pageToken = first.nextPageToken;
    const second = (await system.call(listAuditLog, { query: { ...query, pageToken } })).body;
    expect([...first.results, ...second.results].map(({ entryUuid }) => entryUuid)).toEqual(
      marks
        .map(({ id }) => id)
        .reverse()
        .slice(0, 4),
    );
    const at = (await list(system, { action: 'test.done' })).at(-1).at;
    expect(await list(system, { action: 'test.done', before: at })).toHaveLength(0);
    expect(await list(system, { action: 'test.done', after: at })).toHaveLength(5);
    const member = await system.createUser();
    expect(await system.call(listAuditLog, { as: member })).toMatchObject({ status: 403 });
    expect(await system.call(listAuditLog, { query: { actor: 'somebody' } })).toMatchObject({ status: 400 });
  });

  it('leaves as NDJSON and CSV, which is an entry itself', async () => {
    const mark = entry({ formula: '=1+1' });
    await insertAuditEntries(system.context.db, [mark]);
    const after = (await list(system, { action: 'test.done' }))[0].at;
    const query = { action: 'test.done', after } as const;
    const ndjson = await system.call(exportAuditLog, { query: { ...query, format: 'ndjson' } });
    expect(linesOf(ndjson.body)).toMatchObject([{ entryUuid: mark.id, details: { formula: '=1+1' } }]);
    const csv = await system.call(exportAuditLog, { query: { ...query, format: 'csv' } });
    expect(csv.body.split('\r\n')[1]).toContain(`,"{""formula"":""=1+1""}",,,${mark.id}`);
    expect((await list(system, { action: 'audit-log.export' }))[0].details).toEqual({
      ...query,
      format: 'csv',
    });
  });

  it.each([
    ['an update', "UPDATE audit_log SET action = 'x'"],
    ['a deletion', 'DELETE FROM audit_log'],
    ['an emptying', 'TRUNCATE audit_log'],
    ['an update of the chain', 'UPDATE audit_chain SET position = position + 1'],
    ['a deletion of checkpoints', 'DELETE FROM audit_checkpoints'],
  ])('refuses %s', async (_case, text) => {
    await expect(sql(system, text)).rejects.toThrow('The audit log is append-only');
  });
});

describe('the chain', () => {
  let system: TestSystem;
  let entries: string[];
  const tables = ['audit_log', 'audit_chain', 'audit_checkpoints', 'audit_unsealed'];
  beforeAll(async () => {
    system = await startTestSystem({ worker: false });
    const written = Array.from({ length: 9 }, (_, number) => entry({ number }));
    entries = written.map(({ id }) => id);
    await insertAuditEntries(system.context.db, written);
    await sealAuditLog(system.context);
    for (const table of tables) await sql(system, `CREATE TABLE whole_${table} AS SELECT * FROM ${table}`);
  });
  afterEach(() =>
    tamper(
      ...tables.map((table) => `TRUNCATE ${table}`),
      ...tables.map((table) => `INSERT INTO ${table} SELECT * FROM whole_${table}`),
    ),
  );
  afterAll(() => system.close());

  /** As somebody does who owns the database. */
  const tamper = async (...texts: string[]): Promise<void> => {
    const switched = (to: string) =>
      tables.slice(0, 3).map((table) => sql(system, `ALTER TABLE ${table} ${to} TRIGGER USER`));
    await Promise.all(switched('DISABLE'));
    for (const text of texts) await sql(system, text);
    await Promise.all(switched('ENABLE'));
  };

  it('is whole, and has each entry once in the order in which they were written', async () => {
    const listed = (await list(system, { action: 'test.done' })).reverse();
    expect(listed.map(({ entryUuid, position }) => [entryUuid, position])).toEqual(
      entries.map((id, index) => [id, index + 1]),
    );
    const { hash } = listed[8];
    expect(await verify(system)).toEqual({
      isWhole: true,
      entriesChecked: 9,
      entriesUnsealed: 0,
      removedThrough: 0,
      head: { position: 9, hash },
      problem: null,
    });
  });

  it.each([
    ['action', "action = 'test.undone'"],
    ['time', "at = at + interval '1 microsecond'"],
    ['actor', 'user_id = (SELECT id FROM users LIMIT 1)'],
    ['subject', "subject_id = '00000000-0000-7000-8000-000000000000'"],
    ['details', `details = details || '{"more": 1}'`],
  ])('names an entry whose %s was changed', async (_what, change) => {
    await tamper(`UPDATE audit_log SET ${change} WHERE id = '${entries[3]}'`);
    expect(await verify(system)).toMatchObject({
      isWhole: false,
      entriesChecked: 3,
      problem: { kind: 'changed', position: 4, entryUuid: entries[3] },
    });
  });

  it('names an entry that was removed, with its place in the chain or without', async () => {
    await tamper(`DELETE FROM audit_log WHERE id = '${entries[5]}'`);
    const removed = { kind: 'removed', position: 6 };
    expect(await verify(system)).toMatchObject({ problem: { ...removed, entryUuid: entries[5] } });
    await tamper('DELETE FROM audit_chain WHERE position = 6');
    expect(await verify(system)).toMatchObject({ problem: { ...removed, entryUuid: null } });
    await tamper('UPDATE audit_chain SET position = position - 1 WHERE position > 6');
    expect(await verify(system)).toMatchObject({ problem: { kind: 'changed', position: 6 } });
  });

  it('names an entry that was inserted: backdated, beside the chain, or in its midst', async () => {
    const old = '2020-01-01T00:00:00Z';
    const id = uuidv7();
    await sql(
      system,
      `INSERT INTO audit_log (id, at, action, subject_type) VALUES ('${id}', '${old}', 'test.done', 'folder')`,
    );
    await sealAuditLog(system.context);
    const inserted = { kind: 'inserted', entryUuid: id };
    expect(await verify(system)).toMatchObject({ problem: { ...inserted, position: 10 } });
    await tamper('DELETE FROM audit_chain WHERE position = 10');
    expect(await verify(system)).toMatchObject({ problem: { ...inserted, position: null } });
    await tamper(
      'UPDATE audit_chain SET position = position + 1 WHERE position = 9',
      `INSERT INTO audit_chain SELECT 9, '${id}', sealed_through, hash FROM audit_chain WHERE position = 8`,
    );
    expect(await verify(system)).toMatchObject({ problem: { kind: 'changed', position: 9, entryUuid: id } });
  });

  it('names a head that was noted and is no longer there', async () => {
    const { head } = await verify(system);
    await insertAuditEntries(system.context.db, [entry()]);
    await sealAuditLog(system.context);
    expect(await verify(system, head)).toMatchObject({ isWhole: true, head: { position: 10 } });
    await tamper(
      `DELETE FROM audit_log WHERE id IN (SELECT entry_id FROM audit_chain WHERE position > 7)`,
      'DELETE FROM audit_chain WHERE position > 7',
    );
    expect(await verify(system)).toMatchObject({ isWhole: true });
    expect(await verify(system, head)).toMatchObject({ problem: { kind: 'removed', position: 9 } });
    await insertAuditEntries(system.context.db, [entry(), entry()]);
    await sealAuditLog(system.context);
    expect(await verify(system, head)).toMatchObject({ problem: { kind: 'changed', position: 9 } });
  });

  it('is one, whole, of many who write and seal at the same time', async () => {
    const writers = Array.from({ length: 8 }, async () => {
      for (let at = 0; at < 25; at++) {
        await system.context.db.transaction((tx) => insertAuditEntries(tx, [entry(), entry()]));
        await sealAuditLog(system.context);
      }
    });
    await Promise.all(writers);
    await sealAuditLog(system.context);
    expect(await verify(system)).toMatchObject({
      isWhole: true,
      entriesChecked: 409,
      entriesUnsealed: 0,
      head: { position: 409 },
    });
  });

  it('loses its oldest segments when they are old enough, and goes on from a checkpoint', async () => {
    const more = Array.from({ length: 2 * segmentLength }, () => entry());
    await insertAuditEntries(system.context.db, more);
    await sealAuditLog(system.context);
    const days = { ...system.context, config: { ...system.context.config, auditRetentionDays: 30 } };
    const makeOld = (through: number) =>
      tamper(`UPDATE audit_log l SET at = now() - interval '31 days' FROM audit_chain c
        WHERE c.entry_id = l.id AND c.position <= ${through}`);
    await makeOld(segmentLength - 1);
    await removeOldAuditEntries(days);
    expect(await sql(system, 'SELECT 1 FROM audit_checkpoints')).toEqual([]);
    await makeOld(segmentLength);
    await removeOldAuditEntries(days);
    await sealAuditLog(system.context);
    expect(await verify(system)).toMatchObject({
      isWhole: true,
      removedThrough: segmentLength,
      entriesChecked: segmentLength + 9 + 1,
    });
    const [told] = await list(system, { action: 'audit-log.remove' });
    expect(told).toMatchObject({ actor: null, details: { position: segmentLength, entries: segmentLength } });
    await tamper(`DELETE FROM audit_checkpoints`);
    expect(await verify(system)).toMatchObject({ problem: { kind: 'removed', position: 1 } });
  });
});

it('an entry that is too new to be sealed is counted', async () => {
  await using system = await startTestSystem({ worker: false });
  await system.call(createFolder, { body: { name: 'one' } });
  expect(await verify(system)).toMatchObject({
    isWhole: true,
    entriesChecked: 0,
    entriesUnsealed: 1,
    head: null,
  });
});
