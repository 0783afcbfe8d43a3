import { createIntegration } from '@latchkey/contract/routes/integrations';
import { startTestSystem, type TestSystem } from '@latchkey/testkit/start-system';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { manifestFile } from './manifest-file.js';
import { runLatchkey } from './run-latchkey.js';

let system: TestSystem;
let environment: Record<string, string>;

beforeAll(async () => {
  system = await startTestSystem({ worker: false });
  environment = { LATCHKEY_URL: system.baseUrl, LATCHKEY_TOKEN: system.admin.token };
  await system.call(createIntegration, { body: { title: 'Cameras' } });
});
afterAll(() => system.close());

const registerArgs = (folder: string) => [
  'register',
  manifestFile({
    images: [
      {
        objectUrl: 'https://bucket.example.com/a.jpg',
        imageMetadata: { mimeType: 'image/jpeg', fileSize: 10, width: 2, height: 3 },
      },
    ],
  }),
  ...['--folder', folder, '--integration', 'Cameras'],
];

async function startJob(folder: string): Promise<string[]> {
  const run = await runLatchkey([...registerArgs(folder), '--no-wait', '--json'], { environment });
  const { uploadJobUuid, folderUuid } = JSON.parse(run.stdout) as Record<string, string>;
  return [`${uploadJobUuid}`, '--folder', `${folderUuid}`];
}

test('leaves the job running when it is interrupted, and says how to follow and cancel it', async () => {
  const controller = new AbortController();
  const onLine = (line: string) => line.startsWith('Registering') && controller.abort();
  const running = runLatchkey(registerArgs('Interrupted'), {
    environment,
    signal: controller.signal,
    onLine,
  });
  const { exitCode, stderr } = await running;
  expect(exitCode).toBe(130);
  const job = /latchkey job cancel (\S+) --folder (\S+)/.exec(stderr);
  expect(stderr).toContain('goes on');
  const cancelled = await runLatchkey(['job', 'cancel', `${job?.[1]}`, '--folder', `${job?.[2]}`], {
    environment,
  });
  expect(cancelled).toMatchObject({ exitCode: 0, stderr: '' });
  expect(cancelled.stdout).toContain('1 units were cancelled');
});

test('answers 4 to a job that was cancelled', async () => {
  const job = await startJob('Cancelled');
  await runLatchkey(['job', 'cancel', ...job], { environment });
  const { exitCode, stdout } = await runLatchkey(['job', 'follow', ...job], { environment });
  expect(exitCode).toBe(4);
  expect(stdout).toMatch(/cancelled +1\n/);
});
