import { LatchkeyClient } from '@latchkey/sdk/client';
import { startTestSystem, type TestSystem } from '@latchkey/testkit/start-system';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runLatchkey } from './run-latchkey.js';

let system: TestSystem;
let environment: Record<string, string>;

beforeAll(async () => {
  system = await startTestSystem({ worker: false });
  environment = { LATCHKEY_URL: system.baseUrl, LATCHKEY_TOKEN: system.admin.token };
});
afterAll(() => system.close());

const client = () => LatchkeyClient.createWithBearerToken(system.admin.token, { baseUrl: system.baseUrl });
const run = (...args: string[]) => runLatchkey(['integration', ...args], { environment });
const gateway = 'https://data.example.com/';

test('sets hosts and gateways of an integration, each list for itself, and lists them', async () => {
  expect((await run('list')).stderr).toBe('You are a member of no integration.');
  const { integrationUuid } = await client().createCloudIntegration({
    title: 'Cameras',
    strictClientOnly: true,
  });
  await run('edit', 'Cameras', '--allowed-host', 'a.example.com', 'b.example.com');
  const edited = await run('edit', integrationUuid, '--gateway', `${gateway}=s3://acme/scans/`);
  expect(edited.stdout.split('\n')).toEqual([
    `${integrationUuid}  Cameras, strict client-only access`,
    '  host     a.example.com',
    '  host     b.example.com',
    `  gateway  ${gateway} = s3://acme/scans/`,
  ]);
  expect((await run('list')).stdout).toBe(edited.stdout);
  const emptied = await run('edit', 'Cameras', '--gateway', 'none', '--json');
  expect(JSON.parse(emptied.stdout)).toMatchObject([
    { gateways: [], allowedHosts: ['a.example.com', 'b.example.com'] },
  ]);
});

test('refuses what is no gateway, and a command that changes nothing, without asking the server', async () => {
  for (const [given, said] of [
    [['data.example.com'], 'is not the address of a gateway'],
    [[`${gateway}=nonsense`], 'has no bucket behind the ='],
    [[gateway, gateway], 'is there twice'],
  ] as const) {
    const { exitCode, stderr } = await run('edit', 'unknown', '--gateway', ...given);
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining(said)]);
  }
  expect((await run('edit', 'unknown')).stderr).toContain('Add --allowed-host or --gateway');
});
