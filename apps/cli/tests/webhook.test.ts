import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startTestSystem, type TestSystem } from '@latchkey/testkit/start-system';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runLatchkey } from './run-latchkey.js';

let system: TestSystem;
let receiver: Server;
let url: string;
let environment: Record<string, string>;
let status = 204;

beforeAll(async () => {
  system = await startTestSystem({ worker: false, environment: { LATCHKEY_EGRESS_ALLOW: '127.0.0.0/8' } });
  environment = { LATCHKEY_URL: system.baseUrl, LATCHKEY_TOKEN: system.admin.token };
  receiver = createServer((_, response) => void response.writeHead(status).end());
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/x`;
});
afterAll(async () => {
  receiver.closeAllConnections();
  receiver.close();
  await system.close();
});

const run = (...args: string[]) => runLatchkey(['webhook', ...args], { environment });

test('adds, tests, lists, rotates and removes a webhook', async () => {
  expect((await run('list')).stderr).toBe('There is no webhook.');
  const added = await run('add', url, '--event', 'uploadJob.finished', '--json');
  const { webhookUuid, secret, events } = JSON.parse(added.stdout);
  expect([secret.slice(0, 6), events]).toEqual(['whsec_', ['uploadJob.finished']]);
  expect(await run('test', webhookUuid)).toMatchObject({ exitCode: 0 });
  status = 500;
  const failed = await run('test', webhookUuid);
  expect(failed).toMatchObject({ exitCode: 1, stdout: expect.stringContaining('The receiver answers 500') });
  const deliveries = (await run('deliveries', webhookUuid)).stdout.split('\n');
  expect(deliveries).toHaveLength(2);
  const [newest = ''] = deliveries;
  const again = await run('deliveries', webhookUuid, '--redeliver', newest.split(' ')[0] ?? '');
  expect(again.stdout).toContain('pending after 0');
  const listed = (await run('list')).stdout;
  expect(listed).toContain(`${webhookUuid}  on, 1 waiting  ${url}`);
  expect(listed).not.toContain(secret);
  const rotated = await run('rotate-secret', webhookUuid, '--overlap-hours', '2');
  expect(rotated.stdout).toMatch(/whsec_.*\nThe former one signs as well until /);
  expect((await run('rotate-secret', webhookUuid, '--overlap-hours', '200')).stderr).toContain('0 to 168');
  expect((await run('remove', webhookUuid)).exitCode).toBe(0);
  expect((await run('test', webhookUuid)).stderr).toContain('webhook');
});
