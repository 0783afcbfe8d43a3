import { chmodSync, cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readConfig } from '../src/config/environment.js';
import { newSecretKey } from '../src/config/secret-key-file.js';
import { runServer } from '../src/run-server.js';
import { checkConfiguration } from '../src/self-check/check-configuration.js';
import type { CheckResult } from '../src/self-check/check-result.js';
import { runSelfCheck } from '../src/self-check/run-self-check.js';

let root: string;
/** As a server that ran and stopped has left it. */
let used: string;

const settings = (dataDir: string) => ({ LATCHKEY_DATA_DIR: dataDir, LATCHKEY_LOG_LEVEL: 'silent' });

async function startServer(dataDir: string) {
  const stop = new AbortController();
  const environment = { ...settings(dataDir), LATCHKEY_PORT: '0' };
  const server = await runServer({ environment, webRoot: null, print: () => undefined, signal: stop.signal });
  return async () => {
    stop.abort();
    await server.closed;
  };
}

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'latchkey-self-check-'));
  used = join(root, 'used');
  await (await startServer(used))();
});
afterAll(() => rm(root, { recursive: true, force: true }));

function copyOfUsed(name: string): string {
  const copy = join(root, name);
  cpSync(used, copy, { recursive: true });
  return copy;
}

const statesOf = (checks: readonly CheckResult[]) =>
  Object.fromEntries(checks.map(({ name, state }) => [name, state]));
const checkOf = (checks: readonly CheckResult[], name: string) => checks.find((check) => check.name === name);

test('a machine on which no server has run is fine, and nothing is made there', async () => {
  const dataDir = join(root, 'new');
  const checks = await runSelfCheck(settings(dataDir));
  expect(statesOf(checks)).toEqual({
    configuration: 'ok',
    'data directory': 'ok',
    'secret keys': 'ok',
    database: 'ok',
    spool: 'ok',
  });
  expect(existsSync(dataDir)).toBe(false);
});

test('what a server has used is fine, and stays as it is', async () => {
  const checks = await runSelfCheck(settings(used));
  expect(statesOf(checks)).toEqual({
    configuration: 'ok',
    'data directory': 'ok',
    'secret keys': 'ok',
    database: 'ok',
    schema: 'ok',
    'keys of the database': 'ok',
    spool: 'ok',
    clock: 'ok',
  });
  await (await startServer(used))();
});

test('the database of a running server is not checked, and the server goes on', async () => {
  const dataDir = copyOfUsed('running');
  const stop = await startServer(dataDir);
  const checks = await runSelfCheck(settings(dataDir));
  expect(checkOf(checks, 'database')).toMatchObject({ state: 'not checked' });
  await stop();
});

test('a lost secret key fails, and no other one is made in its place', async () => {
  const dataDir = copyOfUsed('lost-key');
  rmSync(join(dataDir, 'secret.key'));
  const checks = await runSelfCheck(settings(dataDir));
  expect(checkOf(checks, 'keys of the database')).toMatchObject({ state: 'failure' });
  expect(existsSync(join(dataDir, 'secret.key'))).toBe(false);
});

test('the secret key of another installation fails, and its value is not shown', async () => {
  const dataDir = copyOfUsed('foreign-key');
  const foreign = newSecretKey();
  writeFileSync(join(dataDir, 'secret.key'), `${foreign}\n`, { mode: 0o600 });
  const checks = await runSelfCheck(settings(dataDir));
  expect(checkOf(checks, 'keys of the database')).toMatchObject({ state: 'failure' });
  expect(JSON.stringify(checks)).not.toContain(foreign);
});

test('a new secret key above the old one is fine, and seals only from the next start', async () => {
  const dataDir = copyOfUsed('new-key');
  const file = join(dataDir, 'secret.key');
  writeFileSync(file, `${newSecretKey()}\n${readFileSync(file, 'utf8')}`);
  const checks = await runSelfCheck(settings(dataDir));
  expect(checkOf(checks, 'keys of the database')).toMatchObject({
    state: 'ok',
    message: expect.stringContaining('from the next start'),
  });
});

test('secrets that other users may read are warned of', async () => {
  const dataDir = copyOfUsed('readable');
  chmodSync(join(dataDir, 'secret.key'), 0o644);
  chmodSync(dataDir, 0o755);
  const states = statesOf(await runSelfCheck(settings(dataDir)));
  expect(states).toMatchObject({ 'data directory': 'warning', 'secret keys': 'warning' });
});

test('a spool that the database does not know is warned of', async () => {
  const dataDir = copyOfUsed('other-spool');
  const other = join(root, 'spool-of-another');
  cpSync(join(used, 'spool'), other, { recursive: true, filter: (path) => !path.endsWith('.manifest') });
  const checks = await runSelfCheck({ ...settings(dataDir), LATCHKEY_SPOOL_URL: `file://${other}` });
  expect(checkOf(checks, 'spool')).toMatchObject({ state: 'warning' });
});

test.each([
  { minutes: 10, state: 'failure' },
  { minutes: -10, state: 'failure' },
  { minutes: 0.2, state: 'warning' },
])('a clock that is $minutes minutes off is told of', async ({ minutes, state }) => {
  const checks = await runSelfCheck(settings(used), () => Date.now() + minutes * 60_000);
  expect(checkOf(checks, 'clock')).toMatchObject({ state });
});

test('a setting that cannot be used is named without its value, and nothing else is looked at', async () => {
  const checks = await runSelfCheck({ ...settings(used), LATCHKEY_PORT: 'hunter2' });
  expect(statesOf(checks)).toEqual({ configuration: 'failure' });
  expect(checks[0]?.message).toContain('LATCHKEY_PORT');
  expect(JSON.stringify(checks)).not.toContain('hunter2');
});

test('a PostgreSQL that does not answer fails without its password being shown', async () => {
  const environment = { ...settings(used), DATABASE_URL: 'postgres://ada:hunter2@127.0.0.1:1/latchkey' };
  const checks = await runSelfCheck(environment);
  expect(checkOf(checks, 'database')).toMatchObject({ state: 'failure' });
  expect(JSON.stringify(checks)).not.toContain('hunter2');
});

test.each([
  { publicUrl: '', state: 'warning' },
  { publicUrl: 'http://data.example.com', state: 'warning' },
  { publicUrl: 'https://data.example.com', state: 'ok' },
])('a server that listens to others and is reached at "$publicUrl" is told apart', ({ publicUrl, state }) => {
  const environment = { LATCHKEY_HOST: '0.0.0.0', LATCHKEY_PUBLIC_URL: publicUrl };
  expect(checkConfiguration(readConfig(environment))).toMatchObject({ state });
});
