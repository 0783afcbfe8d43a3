import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runLatchkey } from './run-latchkey.js';
import { temporaryDirectory } from './temporary-directory.js';

test('prints a line a check and answers 0 where none failed', async () => {
  const dataDir = join(temporaryDirectory(), 'data');
  const run = await runLatchkey(['doctor'], { environment: { LATCHKEY_DATA_DIR: dataDir } });
  expect(run).toMatchObject({ exitCode: 0, stderr: '' });
  expect(run.stdout.split('\n')).toHaveLength(5);
  expect(run.stdout).toMatch(/^ok +database +.*is made at the first start$/m);
  expect(existsSync(dataDir)).toBe(false);
});

test('answers 1 where a check failed, and says what to do', async () => {
  const environment = { LATCHKEY_DATA_DIR: join(temporaryDirectory(), 'data'), LATCHKEY_ROLE: 'both' };
  const run = await runLatchkey(['doctor'], { environment });
  expect(run.exitCode).toBe(1);
  expect(run.stdout).toMatch(
    /^failure +configuration +LATCHKEY_ROLE must be one of all, api, worker\.\n +"latchkey serve/,
  );
});

test('--json prints one object', async () => {
  const environment = { LATCHKEY_DATA_DIR: join(temporaryDirectory(), 'data') };
  const { stdout } = await runLatchkey(['doctor', '--json'], { environment });
  expect(JSON.parse(stdout)).toMatchObject({
    checks: [{ name: 'configuration', state: 'ok' }, {}, {}, {}, {}],
  });
});
