import { readdir } from 'node:fs/promises';
import { getItemsBulk, listItems, migrateStorage } from '@latchkey/contract/routes/items';
import { listSecretKeys } from '@latchkey/contract/routes/secret-keys';
import type { SecretKeyList } from '@latchkey/contract/schemas/secret-key';
import { claimPart } from '@latchkey/db/upload-jobs/parts-writer';
import {
  newSecretKey,
  readKeyLines,
  secretKeyPath,
  writeKeyLines,
} from '@latchkey/server/config/secret-key-file';
import { readSecretKeys } from '@latchkey/server/config/secret-keys';
import { ConfigError } from '@latchkey/server/config/settings';
import { closeThreads, createContext } from '@latchkey/server/create-context';
import { lockTarget, SecretKeyReplacedError } from '@latchkey/server/registration/commit';
import { cleanUp } from '@latchkey/server/registration/maintenance';
import { adoptSecretKeys } from '@latchkey/server/secret-keys/adopt-secret-keys';
import { resealNext } from '@latchkey/server/secret-keys/reseal';
import { newMarker } from '@latchkey/server/secret-keys/spool-marker';
import { startTestSystem, type TestSystem } from '@latchkey/testkit/start-system';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  imageMetadata,
  images,
  jobResult,
  newFolder,
  newIntegration,
  signedUrl,
  spoolDirectory,
} from './fixtures.js';
import { post, run, sql } from './registration-fixtures.js';

let system: TestSystem;
let folder: string;
let integration: string;

beforeEach(async () => {
  system = await startTestSystem();
  folder = await newFolder(system);
  integration = await newIntegration(system);
});
afterEach(() => system.close());

const keyPath = (): string => secretKeyPath(system.context.config.dataDir);
const addKey = (): void => writeKeyLines(keyPath(), [newSecretKey(), ...readKeyLines(keyPath())]);

/** As a server does when the file has changed. */
async function takeKeys(): Promise<void> {
  system.context.secretKeys.reload();
  await adoptSecretKeys(system.context, newMarker());
}

async function resealAll(): Promise<void> {
  const isFinished = async (): Promise<boolean> => {
    // The worker of the system may have the turn.
    await resealNext(system.context);
    return (await described()).resealing?.finishedAt !== null;
  };
  await expect.poll(isFinished, { interval: 1 }).toBe(true);
}

const described = async (): Promise<SecretKeyList> => (await system.call(listSecretKeys)).body;
const currentId = (): string => system.context.secretKeys.current.id.toString('hex');

/** How many values each key has sealed. */
async function sealedBy(): Promise<Record<string, number>> {
  const rows = await sql<{ id: string; values: number }>(
    system,
    `SELECT encode(substring(sealed FROM 1 FOR 4), 'hex') AS id, count(*) AS values
      FROM (SELECT url_tail_sealed AS sealed FROM items UNION ALL SELECT url_tail_sealed FROM item_members) s
      WHERE sealed IS NOT NULL GROUP BY 1`,
  );
  return Object.fromEntries(rows.map(({ id, values }) => [id, values]));
}

async function urls(): Promise<Map<string, string>> {
  const { body } = await system.call(listItems, {
    params: { folderUuid: folder },
    query: { pageSize: 1000 },
  });
  const itemUuids = body.results.map(({ uuid }: { uuid: string }) => uuid);
  const whole = await system.call(getItemsBulk, { body: { itemUuids, signUrls: true } });
  return new Map(
    whole.body.results.map((item: { uuid: string; signedUrl: string }) => [item.uuid, item.signedUrl]),
  );
}

const group = {
  imageGroups: [
    { title: 'group', objectUrl_0: signedUrl('g/0.jpg'), objectUrl_1: signedUrl('g/1.jpg'), imageMetadata },
  ],
};

describe('a secret key that is replaced', () => {
  it('opens what it has sealed, while the new one seals; then all is sealed again and it is not needed', async () => {
    await run(system, folder, integration, { images: images(600), ...group });
    const before = await urls();
    const first = currentId();
    await cleanUp(system.context);
    addKey();
    await takeKeys();
    const second = currentId();
    expect(second).not.toBe(first);
    await run(system, folder, integration, { images: images(300, 600) });
    await cleanUp(system.context);
    expect((await sealedBy())[second]).toBeGreaterThanOrEqual(300);
    expect((await described()).result.map(({ id }) => id)).toEqual([second, first]);
    await resealAll();
    expect(await sealedBy()).toEqual({ [second]: 902 });
    expect(await described()).toMatchObject({
      result: [{ state: 'current' }, { id: first, state: 'unused' }],
      resealing: { resealedCount: 602, manifestsWaitedForCount: 0, finishedAt: expect.any(String) },
    });
    writeKeyLines(keyPath(), readKeyLines(keyPath()).slice(0, 1));
    await takeKeys();
    const after = await urls();
    for (const [uuid, url] of before) expect(after.get(uuid)).toBe(url);
  }, 90_000);

  it('keeps what was renewed between the look at a row and its change', async () => {
    await run(system, folder, integration, { images: images(3) });
    await cleanUp(system.context);
    addKey();
    await takeKeys();
    const [uuid = ''] = [...(await urls()).keys()];
    const renewed = signedUrl('img/0.jpg', 'new-signature');
    await system.call(migrateStorage, { body: { itemsMap: { [uuid]: renewed } } });
    await resealAll();
    expect((await urls()).get(uuid)).toBe(renewed);
  });

  it('is needed as long as the spool has a manifest that it has sealed', async () => {
    const failing = { images: [...images(1), { objectUrl: 'no URL' }] };
    await run(system, folder, integration, failing);
    addKey();
    await takeKeys();
    while ((await resealNext(system.context)) === 'moved');
    expect((await described()).resealing).toMatchObject({ manifestsWaitedForCount: 1, finishedAt: null });
    await sql(system, `UPDATE upload_jobs SET finished_at = now() - interval '1 year'`);
    await cleanUp(system.context);
    await resealAll();
    await sql(system, `UPDATE spooled_manifests SET created_at = now() - interval '2 days'`);
    await cleanUp(system.context);
    expect(await readdir(spoolDirectory(system))).toHaveLength(1);
  });
});

describe('a process with other secret keys than its database', () => {
  const start = async (keys: string[]): Promise<void> => {
    const environment = {
      LATCHKEY_SECRET_KEY: keys[0],
      LATCHKEY_PREVIOUS_SECRET_KEYS: keys.slice(1).join(','),
    };
    const context = await createContext({
      config: system.context.config,
      readSecretKeys: () => readSecretKeys(environment, ''),
      db: system.context.db,
      stopping: system.context.stopping,
    });
    try {
      await adoptSecretKeys(context, newMarker());
    } finally {
      await closeThreads(context);
    }
  };

  it('is refused without the current one, and takes its place with both', async () => {
    const [first = ''] = readKeyLines(keyPath());
    const second = newSecretKey();
    await expect(start([second])).rejects.toThrow('LATCHKEY_SECRET_KEY is not the key');
    await start([second, first]);
    await expect(start([second])).rejects.toThrow(ConfigError);
    await start([first, second]);
    expect((await described()).result).toHaveLength(2);
    expect((await described()).result[0]?.state).toBe('current');
    await expect(start([first])).rejects.toThrow('are missing');
  });

  it('follows a key that another process has adopted, as soon as it seals', async () => {
    addKey();
    await start(readKeyLines(keyPath()));
    const [, replaced] = (await described()).result;
    expect(currentId()).toBe(replaced?.id);
    await run(system, folder, integration, { images: images(5) });
    expect(currentId()).not.toBe(replaced?.id);
    expect(await sealedBy()).toEqual({ [currentId()]: 5 });
  });

  it('takes no manifest while it lacks the key that seals', async () => {
    const keys = [newSecretKey(), ...readKeyLines(keyPath())];
    await start(keys);
    const { status, body } = await post(system, folder, integration, JSON.stringify({ images: images(1) }));
    expect([status, body.code]).toEqual([503, 'secret_key_missing']);
    writeKeyLines(keyPath(), keys);
    const again = await post(system, folder, integration, JSON.stringify({ images: images(1) }));
    expect(await jobResult(system, folder, again.body)).toMatchObject({ status: 'DONE', unitsDoneCount: 1 });
  });

  it('commits nothing that it sealed before the key was replaced', async () => {
    await using idle = await startTestSystem({ worker: false });
    const target = await newFolder(idle);
    const source = await newIntegration(idle);
    const { body: jobId } = await idle.register(target, source, { images: images(1) });
    const claimed = await claimPart(idle.context.db, jobId, 60);
    expect(claimed).not.toBeNull();
    const part = {
      jobId,
      folderId: target,
      integrationId: source,
      createdBy: idle.admin.uuid,
      skipDuplicateUrls: false,
      upsertMetadata: false,
      secretKeyId: Buffer.alloc(4),
    };
    const rules = { strict: false, allowedHosts: [], schemaRevision: null };
    await expect(idle.context.db.transaction((tx) => lockTarget(tx, part, rules))).rejects.toThrow(
      SecretKeyReplacedError,
    );
    const current = { ...part, secretKeyId: idle.context.secretKeys.current.id };
    await idle.context.db.transaction((tx) => lockTarget(tx, current, rules));
  });
});
