import { createFolder } from '@latchkey/contract/routes/folders';
import { createIntegration } from '@latchkey/contract/routes/integrations';
import { startTestSystem, type TestSystem } from '@latchkey/testkit/start-system';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { manifestFile } from './manifest-file.js';
import { runLatchkey } from './run-latchkey.js';

let system: TestSystem;
let environment: Record<string, string>;
beforeAll(async () => {
  system = await startTestSystem();
  system.startWorker();
  environment = { LATCHKEY_URL: system.baseUrl, LATCHKEY_TOKEN: system.admin.token };
  const made = await system.call(createIntegration, { body: { title: 'Cameras', strictClientOnly: true } });
  const folder = await system.call(createFolder, { body: { name: 'Streets' } });
  const images = [image('a.jpg', 2), image('b.jpg', 2), image('c.jpg', 100)];
  await system.register(folder.body.uuid, made.body.integrationUuid, { images });
  await system.drain();
});
afterAll(() => system.close());

const hourMs = 3600 * 1000;
/** Signed now for so many hours. */
function image(name: string, hours: number) {
  const date = `${new Date(Date.now() - hourMs).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;
  const query = `X-Amz-Credential=c&X-Amz-Date=${date}&X-Amz-Expires=${(hours + 1) * 3600}&X-Amz-Signature=0123456789abcdef`;
  return {
    objectUrl: `https://acme.s3.amazonaws.com/${name}?${query}`,
    title: name,
    imageMetadata: { mimeType: 'image/jpeg', fileSize: 10, width: 2, height: 3 },
  };
}

const renew = (images: object[], ...more: string[]) =>
  runLatchkey(
    ['renew', manifestFile({ images }), '--folder', 'Streets', '--integration', 'Cameras', ...more],
    { environment },
  );

test('renews what the manifest signs anew, and names what is still dying', async () => {
  const renewed = await renew([image('a.jpg', 100), image('new.jpg', 100)], '--within-days', '1');
  expect(renewed).toMatchObject({ exitCode: 0, stderr: '' });
  expect(renewed.stdout).toMatch(/registered +1\n/);
  expect(renewed.stdout).toMatch(/newer signature +1\n/);
  expect(renewed.stdout).toMatch(/Still expired, or expiring within 1 day:\n {2}expires \S+ {2}b\.jpg$/);
  expect(renewed.stdout).not.toContain('0123456789abcdef');
});

test('prints one JSON object for programs', async () => {
  const last = await renew([image('b.jpg', 100)], '--within-days', '1', '--json');
  expect(JSON.parse(last.stdout)).toMatchObject({
    unitsRenewedCount: 1,
    stillExpiring: [],
    isStillExpiringComplete: true,
  });
});

test('refuses a folder that does not exist', async () => {
  const args = ['renew', manifestFile({ images: [image('a.jpg', 1)] }), '--folder', 'No such'];
  const { exitCode, stderr } = await runLatchkey([...args, '--integration', 'Cameras'], { environment });
  expect(exitCode).toBe(2);
  expect(stderr).toContain('There is no top-level folder named "No such"');
});

test('refuses a span that is no number', async () => {
  const { exitCode, stderr } = await renew([image('a.jpg', 1)], '--within-days', 'soon');
  expect(exitCode).toBe(2);
  expect(stderr).toContain('Give a number of days');
});
