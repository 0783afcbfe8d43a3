import { getItem } from '@latchkey/contract/routes/items';
import { startTestSystem, type TestJson, type TestSystem } from '@latchkey/testkit/start-system';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { imageMetadata, images, jobResult, newFolder, newIntegration, signedUrl } from './fixtures.js';
import { allUnits, jobNow, reconciles, run, sql } from './registration-fixtures.js';

let system: TestSystem;
let integration: string;
beforeAll(async () => {
  system = await startTestSystem();
  system.startWorker();
  system.startWorker();
  integration = await newIntegration(system, { strictClientOnly: true });
});
afterAll(() => system.close());

const dates = ['21260301T120000Z', '21260305T120000Z', '21260303T120000Z'] as const;
const unit = (key: string, signature: string, date?: string, clientMetadata?: object) => ({
  objectUrl: signedUrl(key, signature, date),
  imageMetadata,
  ...(clientMetadata ? { clientMetadata } : {}),
});

async function rowsIn(folder: string): Promise<{ items: number; objects: number }> {
  const text =
    'SELECT count(*) AS items, count(DISTINCT identity_hash) AS objects FROM items WHERE folder_id = $1';
  const [row] = await sql<{ items: number; objects: number }>(system, text, [folder]);
  return row ?? { items: -1, objects: -1 };
}

/** What the folder's counts say; they are kept by triggers. */
async function countedIn(folder: string): Promise<number> {
  const text =
    'SELECT coalesce(sum(items_count), 0)::int AS items FROM folder_item_counts WHERE folder_id = $1';
  return (await sql<{ items: number }>(system, text, [folder]))[0]?.items ?? -1;
}

const signedUrlOf = async (itemUuid: string): Promise<string> =>
  (await system.call(getItem, { params: { itemUuid }, query: { signUrl: true } })).body.signedUrl;

describe('jobs at the same time with overlapping units', () => {
  const ranges = [
    [0, 9000],
    [4500, 9000],
    [2000, 9000],
  ] as const;

  it.each([
    ['ignore errors', [true, true, true]],
    ['are all or nothing', [false, false, false]],
    ['are of both sorts', [true, false, true]],
  ])('register each object once when they skip duplicates and %s', async (_case, ignoring) => {
    const folder = await newFolder(system);
    const started = await Promise.all(
      ranges.map(([from, count], index) => {
        const all = images(count, from);
        // The orders differ: whoever takes locks in the order of the file would meet the others.
        const shuffled = index === 1 ? all.reverse() : all;
        const manifest = { images: shuffled, skip_duplicate_urls: true };
        return system.register(folder, integration, manifest, { ignoreErrors: ignoring[index] === true });
      }),
    );
    const polls: TestJson[] = [];
    while (polls.slice(-3).length < 3 || polls.slice(-3).some(({ status }) => status === 'PENDING'))
      for (const { body } of started) polls.push(await jobNow(system, folder, body));
    expect(polls.every(reconciles)).toBe(true);
    const jobs = polls.slice(-3);
    const sum = (key: string): number => jobs.reduce((total, job) => total + job[key], 0);
    expect(jobs.map(({ status, errors }) => [status, errors])).toEqual(Array(3).fill(['DONE', []]));
    expect(sum('unitsDoneCount')).toBe(13_500);
    expect(sum('unitsSkippedCount')).toBe(27_000 - 13_500);
    expect(await rowsIn(folder)).toEqual({ items: 13_500, objects: 13_500 });
    expect(await countedIn(folder)).toBe(13_500);
  });

  it('register each of their units when they do not skip duplicates', async () => {
    const folder = await newFolder(system);
    const started = await Promise.all(
      [1, 2].map(() => system.register(folder, integration, { images: images(5000) })),
    );
    for (const { body } of started)
      expect(await jobResult(system, folder, body)).toMatchObject({ status: 'DONE', unitsDoneCount: 5000 });
    expect(await rowsIn(folder)).toEqual({ items: 10_000, objects: 5000 });
  });

  it('register an object in each of two folders', async () => {
    const folders = [await newFolder(system), await newFolder(system)];
    for (const folder of folders) {
      const manifest = { images: images(10), skip_duplicate_urls: true };
      expect(await run(system, folder, integration, manifest)).toMatchObject({ unitsDoneCount: 10 });
    }
  });
});

describe('duplicates within one manifest', () => {
  it.each([true, false])(
    'are skipped within a part and across parts (ignoreErrors %s)',
    async (ignoreErrors) => {
      const folder = await newFolder(system);
      const manifest = {
        images: [
          ...images(2500),
          ...images(2500),
          ...images(1),
          ...images(1),
          ...images(1, 9000),
          ...images(1, 9000),
        ],
        skip_duplicate_urls: true,
      };
      const job = await run(system, folder, integration, manifest, ignoreErrors);
      expect(job).toMatchObject({
        status: 'DONE',
        unitsDoneCount: 2501,
        unitsSkippedCount: 2503,
        unitsRenewedCount: 0,
      });
      expect(await rowsIn(folder)).toEqual({ items: 2501, objects: 2501 });
      const units = await allUnits(system, folder, job.uploadJobUuid);
      const idOf = (position: number) => units[position]?.itemUuid;
      for (const [again, first] of [
        [2500, 0],
        [4999, 2499],
        [5000, 0],
        [5001, 0],
        [5003, 5002],
      ] as const) {
        expect(idOf(again)).toBe(idOf(first));
      }
    },
  );

  it('give their item the signature that lives longest, of whichever part and place', async () => {
    const folder = await newFolder(system);
    const [first, longest, between] = dates;
    const filler = images(2500);
    const manifest = {
      images: [
        unit('a', 'a0', first),
        unit('b', 'b0', longest),
        unit('a', 'a1', between),
        ...filler,
        unit('a', 'a2', longest),
        unit('b', 'b1', first),
        unit('a', 'a3', between),
      ],
      skip_duplicate_urls: true,
    };
    const job = await run(system, folder, integration, manifest);
    expect(job).toMatchObject({ unitsDoneCount: 2502, unitsSkippedCount: 4 });
    const [a, b] = await allUnits(system, folder, job.uploadJobUuid);
    expect(await signedUrlOf(a?.itemUuid ?? '')).toBe(signedUrl('a', 'a2', longest));
    expect(await signedUrlOf(b?.itemUuid ?? '')).toBe(signedUrl('b', 'b0', longest));
  });
});

describe('a known object', () => {
  it('keeps the signature that lives longer, and is renewed by one that outlives it', async () => {
    const folder = await newFolder(system);
    const [first, longest, between] = dates;
    const register = (...units: object[]) =>
      run(system, folder, integration, { images: units, skip_duplicate_urls: true });
    const job = await register(unit('x', 'x0', between), unit('y', 'y0', between), {
      ...unit('z', 'z0'),
      objectUrl: 'https://data.example.com/z',
    });
    const [x, y, z] = job.itemsWithNames.map(({ itemUuid }: { itemUuid: string }) => itemUuid);
    const second = await register(unit('x', 'x1', first), unit('y', 'y1', longest), {
      ...unit('z', 'z0'),
      objectUrl: 'https://data.example.com/z',
    });
    expect(second).toMatchObject({ unitsDoneCount: 0, unitsSkippedCount: 3, unitsRenewedCount: 1 });
    expect(await signedUrlOf(x)).toBe(signedUrl('x', 'x0', between));
    expect(await signedUrlOf(y)).toBe(signedUrl('y', 'y1', longest));
    expect(await signedUrlOf(z)).toBe('https://data.example.com/z');
    expect((await allUnits(system, folder, second.uploadJobUuid)).map(({ outcome }) => outcome)).toEqual([
      'skipped',
      'renewed',
      'skipped',
    ]);
    // Most were known so far: from the second part on, known units are left out before rows are made of them.
    const third = await register(...images(2000), unit('y', 'y2', first));
    const fourth = await register(
      ...images(2000),
      unit('x', 'x3', longest),
      unit('y', 'y3', first),
      unit('n', 'n0'),
    );
    expect(third).toMatchObject({ unitsDoneCount: 2000, unitsSkippedCount: 1 });
    expect(fourth).toMatchObject({ unitsDoneCount: 1, unitsSkippedCount: 2002, unitsRenewedCount: 1 });
    expect(await signedUrlOf(x)).toBe(signedUrl('x', 'x3', longest));
  });

  it('gets the metadata of its last unit with upsert_metadata, and its signature beside', async () => {
    const folder = await newFolder(system);
    const [first, longest] = dates;
    await run(system, folder, integration, { images: [unit('u', 'u0', first, { v: 0 })] });
    const job = await run(system, folder, integration, {
      images: [
        unit('u', 'u1', longest, { v: 1 }),
        unit('u', 'u2', first, { v: 2 }),
        unit('w', 'w0', first, { v: 3 }),
      ],
      skip_duplicate_urls: true,
      upsert_metadata: true,
    });
    expect(job).toMatchObject({ unitsDoneCount: 1, unitsSkippedCount: 2, unitsRenewedCount: 1 });
    const rows = await sql<TestJson>(
      system,
      'SELECT id, client_metadata AS metadata FROM items WHERE folder_id = $1 ORDER BY id',
      [folder],
    );
    expect(rows.map(({ metadata }) => metadata)).toEqual([{ v: 2 }, { v: 3 }]);
    expect(await signedUrlOf(rows[0].id)).toBe(signedUrl('u', 'u1', longest));
  });
});

describe('an object whose signature does not say when it ends', () => {
  const par = (token: string, key = 'a.jpg') => ({
    objectUrl: `https://objectstorage.eu-frankfurt-1.oraclecloud.com/p/${token}/n/ns/b/acme/o/${key}`,
    imageMetadata,
  });
  const registered = async (folder: string, units: object[], flags = {}): Promise<TestJson> =>
    run(system, folder, integration, { images: units, skip_duplicate_urls: true, ...flags });
  const itemOf = async (folder: string): Promise<string> => {
    const [row] = await sql<{ id: string }>(system, 'SELECT id FROM items WHERE folder_id = $1', [folder]);
    return row?.id ?? '';
  };

  it('gets the newest one', async () => {
    const folder = await newFolder(system);
    await registered(folder, [par('old')]);
    expect(await registered(folder, [par('new')])).toMatchObject({
      unitsSkippedCount: 1,
      unitsRenewedCount: 1,
    });
    expect(await signedUrlOf(await itemOf(folder))).toBe(par('new').objectUrl);
  });

  it('keeps one that says so while that lives, and gives it up once it is dead', async () => {
    const folder = await newFolder(system);
    const oracle = (date: string) => ({
      objectUrl: `https://ns.compat.objectstorage.eu-frankfurt-1.oraclecloud.com/acme/a.jpg?${signedUrl('', 'ab12', date).split('?')[1]}`,
      imageMetadata,
    });
    await registered(folder, [oracle('21260301T120000Z')]);
    expect(await registered(folder, [par('new')])).toMatchObject({ unitsRenewedCount: 0 });
    const dead = await newFolder(system);
    await registered(dead, [oracle('20200301T120000Z')], { allow_expired_urls: true });
    expect(await registered(dead, [par('new')])).toMatchObject({ unitsRenewedCount: 1 });
    expect(await signedUrlOf(await itemOf(dead))).toBe(par('new').objectUrl);
  });
});
