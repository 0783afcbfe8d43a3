import { createSecretKey } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { limits } from '@latchkey/contract/limits';
import { searchFolders } from '@latchkey/contract/routes/folders';
import { cancelUploadJob } from '@latchkey/contract/routes/upload-jobs';
import { noFlags } from '@latchkey/manifest/scan/manifest-keys';
import { ReceiveThread } from '@latchkey/server/registration/threads/receive-thread';
import { startTestSystem, type TestSystem } from '@latchkey/testkit/start-system';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { images, newFolder, newIntegration, spooled } from './fixtures.js';
import { countRows, jobNow, post, postStream } from './registration-fixtures.js';

let system: TestSystem;
let folder: string;
let integration: string;
beforeAll(async () => {
  system = await startTestSystem({ worker: false });
  integration = await newIntegration(system);
});
beforeEach(async () => {
  folder = await newFolder(system);
});
afterAll(() => system.close());

const thousand = JSON.stringify(images(1000)).slice(1, -1);

function* manifestOf(bytes: number): Generator<string> {
  yield `{"images": [${thousand}`;
  for (let size = thousand.length; size < bytes; size += thousand.length) yield `,${thousand}`;
  yield ']}';
}

const send = (body: Readable) => postStream(system, folder, integration, body);

describe('while a manifest is received', () => {
  it('other requests are answered: all the while, during one of 200 MB', async () => {
    let isOver = false;
    const upload = send(Readable.from(manifestOf(200_000_000))).finally(() => {
      isOver = true;
    });
    let answered = 0;
    while (!isOver) {
      const { status } = await system.call(searchFolders, {});
      expect(status).toBe(200);
      if (!isOver) answered += 1;
    }
    const { status, body } = await upload;
    expect(status).toBe(200);
    expect(answered).toBeGreaterThan(20);
    const units = Math.ceil(200_000_000 / thousand.length) * 1000;
    expect(await jobNow(system, folder, body)).toMatchObject({ unitsTotalCount: units });
    await system.call(cancelUploadJob, { params: { folderUuid: folder, jobUuid: body } });
  });

  it('another one is received from its start to its end', async () => {
    const slow = new PassThrough();
    const first = send(slow);
    slow.write(`{"images": [${thousand}`);
    await expect.poll(async () => (await spooled(system)).some((name) => name.endsWith('.part'))).toBe(true);
    const second = await send(Readable.from(manifestOf(5_000_000)));
    expect(second.status).toBe(200);
    slow.end(']}');
    const { status, body } = await first;
    expect(status).toBe(200);
    expect(await jobNow(system, folder, body)).toMatchObject({ unitsTotalCount: 1000 });
  });

  it('a damaged one is refused beside it', async () => {
    const slow = new PassThrough();
    const first = send(slow);
    slow.write(`{"images": [${thousand}`);
    await expect.poll(async () => (await spooled(system)).some((name) => name.endsWith('.part'))).toBe(true);
    const headers = { 'content-encoding': 'gzip' };
    for (let turn = 0; turn < 3; turn++)
      expect(await post(system, folder, integration, 'no gzip', { headers })).toMatchObject({ status: 400 });
    slow.end(']}');
    expect(await first).toMatchObject({ status: 200 });
  });

  it('several at once keep their bytes apart', async () => {
    const counts = [1, 700, 2300, 4100];
    const answers = await Promise.all(
      counts.map((count) => send(Readable.from([JSON.stringify({ images: images(count) })]))),
    );
    for (const [index, { status, body }] of answers.entries()) {
      expect(status).toBe(200);
      expect(await jobNow(system, folder, body)).toMatchObject({ unitsTotalCount: counts[index] });
    }
    system.startWorker();
    await system.drain();
    for (const [index, { body }] of answers.entries())
      expect(await jobNow(system, folder, body)).toMatchObject({
        status: 'DONE',
        unitsDoneCount: counts[index],
      });
  });
});

describe('when the thread that receives dies', () => {
  it('the upload fails, nothing of it is kept, and the next one works', async () => {
    const [kept, noted] = [(await spooled(system)).length, await countRows(system, 'spooled_manifests')];
    const slow = new PassThrough();
    const upload = send(slow);
    slow.write(`{"images": [${thousand}`);
    await expect.poll(() => spooled(system)).toHaveLength(kept + 1);
    await system.context.receiveThread.close();
    slow.end(']}');
    expect(await upload).toMatchObject({
      status: 500,
      body: { code: 'internal_error', requestId: expect.any(String) },
    });
    expect(await spooled(system)).toHaveLength(kept);
    expect(await countRows(system, 'spooled_manifests')).toBe(noted);
    expect(await countRows(system, 'upload_jobs', `folder_id = '${folder}'`)).toBe(0);
    expect(await send(Readable.from(manifestOf(1)))).toMatchObject({ status: 200 });
  });
});

it('a receive thread that could not open its spool opens it for the next upload', async () => {
  const root = await mkdtemp(join(tmpdir(), 'latchkey-thread-'));
  const blocker = join(root, 'blocker');
  await writeFile(blocker, '');
  const thread = new ReceiveThread({
    spool: { kind: 'directory', directory: join(blocker, 'spool') },
    secretKeys: [createSecretKey(Buffer.alloc(32, 7))],
  });
  const receive = () =>
    thread.receive(Readable.from([Buffer.from('{"images": [{}]}')]), {
      spoolKey: '00000000-0000-7000-8000-000000000001.manifest',
      form: 'manifest',
      flags: noFlags,
      gzip: false,
      limits,
    });
  await expect(receive()).rejects.toMatchObject({ code: 'spool_unavailable' });
  await rm(blocker);
  expect(await receive()).toMatchObject({ result: { outline: { unitCount: 1 } } });
  await thread.close();
  await rm(root, { recursive: true });
});
