import { createFolder } from '@latchkey/contract/routes/folders';
import { createIntegration } from '@latchkey/contract/routes/integrations';
import { startTestSystem, type TestSystem } from '@latchkey/testkit/start-system';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { manifestFile } from './manifest-file.js';
import { runLatchkey } from './run-latchkey.js';

const integration = 'Cameras';
const image = (name: string) => ({
  objectUrl: `https://bucket.example.com/${name}?X-Amz-Signature=0123456789abcdef`,
  imageMetadata: { mimeType: 'image/jpeg', fileSize: 10, width: 2, height: 3 },
});
const withoutMetadata = { objectUrl: image('bare.jpg').objectUrl, title: 'Bare' };

let system: TestSystem;
let environment: Record<string, string>;
let folderCount = 0;
const newFolderName = () => `Folder ${++folderCount}`;

beforeAll(async () => {
  system = await startTestSystem();
  environment = { LATCHKEY_URL: system.baseUrl, LATCHKEY_TOKEN: system.admin.token };
  await system.call(createIntegration, { body: { title: integration, strictClientOnly: true } });
});
afterAll(() => system.close());

function register(manifest: unknown, folder: string, ...more: string[]) {
  const args = [
    'register',
    manifestFile(manifest),
    '--folder',
    folder,
    '--integration',
    integration,
    ...more,
  ];
  return runLatchkey(args, { environment });
}

test('creates the folder that is missing, says so, and registers into it the next time', async () => {
  const folder = newFolderName();
  const first = await register({ images: [image('a.jpg'), image('b.jpg')] }, folder);
  expect(first).toMatchObject({ exitCode: 0, stderr: '' });
  expect(first.stdout).toContain(`The folder "${folder}" did not exist and was created`);
  expect(first.stdout).toMatch(/registered +2\n/);

  const second = await register({ images: [image('c.jpg')] }, folder);
  expect(second.exitCode).toBe(0);
  expect(second.stdout).not.toContain('was created');
  expect(second.stdout).toMatch(/registered +1\n/);
});

test('refuses a folder that is missing with --no-create-folder', async () => {
  const { exitCode, stderr } = await register({ images: [image('a.jpg')] }, 'No such', '--no-create-folder');
  expect(exitCode).toBe(2);
  expect(stderr).toContain('There is no top-level folder named "No such"');
});

test('answers 1 and names the failed units, without their signatures, where some fail', async () => {
  const folder = newFolderName();
  const run = await register({ images: [image('a.jpg'), withoutMetadata] }, folder, '--ignore-errors');
  expect(run.exitCode).toBe(1);
  expect(run.stdout).toMatch(/registered +1\n/);
  expect(run.stdout).toMatch(/failed +1\n/);
  expect(run.stdout).toContain('https://bucket.example.com/bare.jpg\n');
  expect(run.stdout).toContain('images[1]');
  expect(run.stdout).toContain('media_metadata_missing');
  expect(run.stdout).not.toContain('0123456789abcdef');
});

test('answers 1 and registers nothing where one fails without --ignore-errors', async () => {
  const run = await register({ images: [image('a.jpg'), withoutMetadata] }, newFolderName());
  expect(run.exitCode).toBe(1);
  expect(run.stdout).toMatch(/registered +0\n/);
  expect(run.stdout).toContain('all or nothing');
});

test('prints one JSON object and nothing else with --json', async () => {
  const folder = newFolderName();
  const run = await register(
    { images: [image('a.jpg'), withoutMetadata] },
    folder,
    '--ignore-errors',
    '--json',
  );
  expect(run).toMatchObject({ exitCode: 1, stderr: '' });
  expect(JSON.parse(run.stdout)).toMatchObject({
    status: 'DONE',
    isNewFolder: true,
    folderName: folder,
    fileName: 'manifest.json',
    unitsTotalCount: 2,
    unitsDoneCount: 1,
    unitsErrorCount: 1,
    areUnitErrorsComplete: true,
    unitErrors: [{ code: 'media_metadata_missing', place: { kind: 'images', element: 1 } }],
  });
});

test('refuses what is not a manifest with the code and the place that the server names', async () => {
  const text = await register('{"images": [}', newFolderName());
  expect(text.exitCode).toBe(2);
  expect(text.stderr).toMatch(/^Error: .*line 1/);
  const json = await register('{"images": [}', newFolderName(), '--json');
  expect(json).toMatchObject({ exitCode: 2, stderr: '' });
  expect(JSON.parse(json.stdout)).toMatchObject({ error: { code: 'malformed_json' } });
});

test('lists the integrations where the title is unknown', async () => {
  const args = ['register', manifestFile({ images: [] }), '--folder', 'x', '--integration', 'Camera'];
  const { exitCode, stderr } = await runLatchkey(args, { environment });
  expect(exitCode).toBe(2);
  expect(stderr).toContain('There is no integration "Camera"');
  expect(stderr).toContain('"Cameras"');
});

test('asks for the UUID where several folders have the name, and takes it', async () => {
  const name = newFolderName();
  const folders = [
    await system.call(createFolder, { body: { name } }),
    await system.call(createFolder, { body: { name } }),
  ];
  const uuids: string[] = folders.map(({ body }) => body.uuid);
  const ambiguous = await register({ images: [image('a.jpg')] }, name);
  expect(ambiguous.exitCode).toBe(2);
  for (const uuid of uuids) expect(ambiguous.stderr).toContain(uuid);
  const run = await register({ images: [image('a.jpg')] }, uuids[1] as string, '--json');
  expect(JSON.parse(run.stdout)).toMatchObject({ folderUuid: uuids[1], unitsDoneCount: 1 });
});

test('starts without waiting with --no-wait; the job can be followed', async () => {
  const start = await register({ images: [image('a.jpg')] }, newFolderName(), '--no-wait', '--json');
  expect(start.exitCode).toBe(0);
  const { uploadJobUuid, folderUuid } = JSON.parse(start.stdout) as Record<string, string>;
  const args = ['job', 'follow', `${uploadJobUuid}`, '--folder', `${folderUuid}`, '--json'];
  const followed = await runLatchkey(args, { environment });
  expect(followed.exitCode).toBe(0);
  expect(JSON.parse(followed.stdout)).toMatchObject({ status: 'DONE', unitsDoneCount: 1 });
});
