import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createFolder } from '@latchkey/contract/routes/folders';
import { sealAuditLog } from '@latchkey/server/audit/seal-log';
import { startTestSystem, type TestSystem } from '@latchkey/testkit/start-system';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runLatchkey } from './run-latchkey.js';
import { temporaryDirectory } from './temporary-directory.js';

let system: TestSystem;
let environment: Record<string, string>;
beforeAll(async () => {
  system = await startTestSystem({ worker: false });
  environment = { LATCHKEY_URL: system.baseUrl, LATCHKEY_TOKEN: system.admin.token };
  await system.call(createFolder, { body: { name: 'Streets' } });
  await sealAuditLog(system.context);
});
afterAll(() => system.close());

const run = (...args: string[]) => runLatchkey(['audit', ...args], { environment });

test('lists entries, for people and for programs', async () => {
  const listed = await run('list', '--actor', system.admin.email, '--action', 'folder.create');
  expect(listed.stdout).toMatch(
    new RegExp(`^\\S+Z  ${system.admin.email}  folder\\.create  folder \\S+  \\{`),
  );
  const [line = ''] = (await run('list', '--json')).stdout.split('\n');
  expect(JSON.parse(line)).toMatchObject({ action: 'folder.create', position: 1 });
  expect((await run('list', '--before', '2020-01-01T00:00:00Z')).stderr).toBe('There is no such entry.');
});

test('writes them to a file', async () => {
  const out = join(temporaryDirectory(), 'audit.csv');
  expect(await run('export', '--format', 'csv', '--out', out)).toMatchObject({ exitCode: 0 });
  expect(readFileSync(out, 'utf8')).toMatch(/^at,actor,.*\r\n(?:.*\r\n)*.*folder\.create/);
});

const verified = async (...args: string[]) => {
  const { exitCode, stdout } = await run('verify', '--json', ...args);
  return { exitCode, ...JSON.parse(stdout) };
};

test('verifies the chain, and that it holds a head that was noted', async () => {
  const whole = await run('verify');
  expect(whole).toMatchObject({ exitCode: 0, stderr: '' });
  const head = /Head: (1:[0-9a-f]{64})/.exec(whole.stdout)?.[1] ?? '';
  expect((await run('verify', '--head', head)).exitCode).toBe(0);
  const other = await run('verify', '--head', `1:${'0'.repeat(64)}`, '--json');
  expect(other.exitCode).toBe(1);
  expect(JSON.parse(other.stdout)).toMatchObject({
    isWhole: false,
    problem: { kind: 'changed', position: 1 },
  });
  expect((await run('verify', '--head', '2:00')).stderr).toContain('64 hexadecimal digits');
});

test('finds a cut tail by the head that was noted, and a changed and a removed entry by themselves', async () => {
  for (const name of ['a', 'b', 'c', 'd']) await system.call(createFolder, { body: { name } });
  await sealAuditLog(system.context);
  const { head, entriesChecked } = await verified();
  const at = (position: number) => `(SELECT entry_id FROM audit_chain WHERE position = ${position})`;
  const last = head.position;
  await tamper(
    `DELETE FROM audit_log WHERE id = ${at(last)}`,
    `DELETE FROM audit_chain WHERE position = ${last}`,
  );
  expect(await verified()).toMatchObject({ exitCode: 0, entriesChecked: entriesChecked - 1 });
  expect(await verified('--head', `${last}:${head.hash}`)).toMatchObject({
    exitCode: 1,
    problem: { kind: 'removed', position: last },
  });
  await tamper(`UPDATE audit_log SET user_id = NULL WHERE id = ${at(3)}`);
  expect(await verified()).toMatchObject({ exitCode: 1, problem: { kind: 'changed', position: 3 } });
  await tamper(`DELETE FROM audit_log WHERE id = ${at(2)}`);
  const removed = await run('verify');
  expect(removed.exitCode).toBe(1);
  expect(removed.stdout).toMatch(
    /^The audit log is broken: removed\. The entry at position 2 is gone from the log\.$/m,
  );
});

/** As somebody does who owns the database. */
async function tamper(...texts: string[]): Promise<void> {
  const switched = ['DISABLE', 'ENABLE'].map((to) =>
    ['audit_log', 'audit_chain'].map((table) => `ALTER TABLE ${table} ${to} TRIGGER USER`),
  );
  for (const text of [...(switched[0] ?? []), ...texts, ...(switched[1] ?? [])])
    await system.context.db.query({ name: 'test.tamper', text });
}
