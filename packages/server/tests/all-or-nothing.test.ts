import { getItem } from '@latchkey/contract/routes/items';
import { startTestSystem, type TestJson, type TestSystem } from '@latchkey/testkit/start-system';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { imageMetadata, images, newFolder, newIntegration, signedUrl } from './fixtures.js';
import { countRows, jobNow, reconciles, run } from './registration-fixtures.js';

let system: TestSystem;
let integration: string;
beforeAll(async () => {
  system = await startTestSystem();
  system.startWorker();
  integration = await newIntegration(system, { strictClientOnly: true });
});
afterAll(() => system.close());

const itemsIn = (folder: string): Promise<number> => countRows(system, 'items', `folder_id = '${folder}'`);

const unit = (signature: string, date: string, clientMetadata: object) => ({
  objectUrl: signedUrl('k', signature, date),
  imageMetadata,
  clientMetadata,
});

describe('a job that does not ignore errors', () => {
  it('shows none of its items before all of them, at any poll', async () => {
    const folder = await newFolder(system);
    const count = 12_000;
    const { body } = await system.register(
      folder,
      integration,
      { images: images(count) },
      { ignoreErrors: false },
    );
    const seen = new Set<number>();
    let job: TestJson;
    do {
      job = await jobNow(system, folder, body);
      expect(reconciles(job)).toBe(true);
      seen.add(await itemsIn(folder));
    } while (job.status === 'PENDING');
    seen.add(await itemsIn(folder));
    expect([...seen].filter((items) => items !== 0)).toEqual([count]);
    expect(job).toMatchObject({ status: 'DONE', unitsDoneCount: count, unitsCheckedCount: count });
  });

  it('changes nothing of known objects either when one of its units fails', async () => {
    const folder = await newFolder(system);
    const [first, longest] = ['21260301T120000Z', '21260305T120000Z'] as const;
    const before = await run(system, folder, integration, { images: [unit('k0', first, { v: 0 })] });
    const manifest = {
      images: [unit('k1', longest, { v: 1 }), ...images(2100), { objectUrl: 'bad url' }],
      skip_duplicate_urls: true,
      upsert_metadata: true,
    };
    const job = await run(system, folder, integration, manifest, false);
    expect(job).toMatchObject({ status: 'ERROR', unitsErrorCount: 1, unitsCancelledCount: 2101 });
    expect(await itemsIn(folder)).toBe(1);
    const itemUuid = before.itemsWithNames[0].itemUuid;
    const item = await system.call(getItem, { params: { itemUuid }, query: { signUrl: true } });
    expect(item.body.signedUrl).toBe(signedUrl('k', 'k0', first));
    expect(JSON.parse(item.body.clientMetadata)).toEqual({ v: 0 });
  });
});
