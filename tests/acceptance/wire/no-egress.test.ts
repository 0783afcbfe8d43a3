import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createTestDatabase, testDatabaseOptions } from '@latchkey/db/testing/test-database';
import { LatchkeyClient } from '@latchkey/sdk/client';
import { generateSshKeyPair } from '@latchkey/sdk/ssh-key';
import { spawnLatchkey } from '@latchkey/testkit/spawn-latchkey';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startMediaBucket } from '../support/media-bucket.js';

const guard = fileURLToPath(new URL('../support/refuse-egress.mjs', import.meta.url));
const unmeasured = { objectUrl: 'https://unmeasured.example/1.jpg' };
let directory: string;
let egressLog: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'latchkey-egress-'));
  egressLog = join(directory, 'egress.log');
  await writeFile(egressLog, '');
});
afterEach(() => rm(directory, { recursive: true, force: true }));

describe('the guard', () => {
  it.each([
    'fetch("http://127.0.0.1:18999")',
    'fetch("http://example.com/")',
    'require("node:dns").promises.lookup("example.com")',
    'import("node:dns/promises").then(({ lookup }) => lookup("example.com"))',
    'require("node:net").connect(9)',
  ])('sees %s', async (code) => {
    const environment = { ...process.env, EGRESS_LOG: egressLog };
    await promisify(execFile)(
      process.execPath,
      ['--import', guard, '-e', `Promise.resolve().then(() => ${code}).catch(() => {})`],
      { env: environment },
    ).catch(() => {});
    expect(await readFile(egressLog, 'utf8')).toMatch(/connect|dns/);
  });
});

describe('a server whose every way out is refused', () => {
  it('registers and hands out real media under strict client-only access, and tries no way out', async () => {
    const { bucket, media, manifest } = await startMediaBucket(join(directory, 'bucket'));
    const pair = generateSshKeyPair('test');
    const database =
      process.env['TEST_DATABASE'] === 'postgres'
        ? await createTestDatabase(testDatabaseOptions(process.env))
        : null;
    const latchkey = await spawnLatchkey({
      command: ['serve'],
      nodeArguments: ['--import', guard],
      environment: {
        EGRESS_LOG: egressLog,
        LATCHKEY_PORT: '0',
        LATCHKEY_DATA_DIR: join(directory, 'data'),
        LATCHKEY_ADMIN_EMAIL: 'admin@example.com',
        LATCHKEY_ADMIN_SSH_KEY: pair.publicKey,
        LATCHKEY_LOG_LEVEL: 'trace',
        ...(database?.url
          ? { DATABASE_URL: database.url, EGRESS_ALLOW_PORT: new URL(database.url).port }
          : {}),
      },
    });
    try {
      const client = LatchkeyClient.createWithSshPrivateKey(pair.privateKey, { baseUrl: latchkey.url });
      const integration = await client.createCloudIntegration({ title: 'Strict', strictClientOnly: true });
      const folder = await client.createStorageFolder('Media');
      const job = await folder.addPrivateDataToFolderStart({
        integrationId: integration.integrationUuid,
        // The last image would have to be measured.
        manifest: { ...manifest, images: [...(manifest['images'] ?? []), unmeasured] },
        ignoreErrors: true,
      });
      const result = await folder.addPrivateDataToFolderGetResult(job, { timeoutSeconds: 60 });
      expect(result).toMatchObject({
        status: 'DONE',
        unitsDoneCount: media.length,
        unitsErrorCount: 1,
      });
      expect(result.unitErrors).toMatchObject([{ code: 'media_metadata_missing' }]);
      for await (const item of folder.listItems({ signUrls: true })) {
        const bytes = await fetch(String(item.signedUrl));
        expect(bytes.status).toBe(200);
        expect((await bytes.arrayBuffer()).byteLength).toBe(item.fileSize);
      }
      expect(await readFile(egressLog, 'utf8')).toBe('');
      expect(latchkey.output()).toContain('request completed');
      expect(latchkey.output()).not.toMatch(/X-Amz-(Signature|Credential)/i);
      expect(bucket.log).toHaveLength(media.length);
      // Where the integration is not strict, the same unit is tried: the guard sees what measures.
      const open = await client.createCloudIntegration({ title: 'Not strict' });
      const tried = await folder.addPrivateDataToFolderStart({
        integrationId: open.integrationUuid,
        manifest: { images: [unmeasured] },
        ignoreErrors: true,
      });
      const failed = await folder.addPrivateDataToFolderGetResult(tried, { timeoutSeconds: 60 });
      expect(failed.unitErrors).toMatchObject([{ code: 'object_unreachable' }]);
      expect(await readFile(egressLog, 'utf8')).toContain('dns.lookup unmeasured.example');
    } finally {
      expect(await latchkey.stop()).toBe(0);
      await database?.drop();
      await bucket.close();
    }
  }, 60_000);
});
