import { createIntegration, deleteIntegration } from '@latchkey/contract/routes/integrations';
import { getChildItems, getItem, listItems, migrateStorage } from '@latchkey/contract/routes/items';
import {
  startTestSystem,
  type TestJson,
  type TestSystem,
  type TestUser,
} from '@latchkey/testkit/start-system';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { imageMetadata, newFolder, newIntegration, signedUrl } from './fixtures.js';
import { run, sql } from './registration-fixtures.js';
import { auditOf, nobody, share } from './storage-fixtures.js';

let system: TestSystem;
let integration: string;
let folder: string;
/** By name. */
let items: Record<string, string>;
beforeAll(async () => {
  system = await startTestSystem();
  system.startWorker();
  integration = await newIntegration(system, { strictClientOnly: true });
});
afterAll(() => system.close());
beforeEach(async () => {
  folder = await newFolder(system);
  await run(system, folder, integration, { images: ['a', 'b', 'c'].map((key) => image(key)) });
  items = await itemsIn(folder);
});

const later = '21260305T120000Z';
const image = (key: string) => ({ objectUrl: signedUrl(key), title: key, imageMetadata });
const fresh = (key: string) => signedUrl(key, 'cd34', later);

async function itemsIn(folderUuid: string): Promise<Record<string, string>> {
  const { body } = await system.call(listItems, { params: { folderUuid } });
  return Object.fromEntries(body.results.map(({ name, uuid }: TestJson) => [name, uuid]));
}

async function migrate(
  body: object,
  as: TestUser = system.admin,
): Promise<{ status: number; body: TestJson }> {
  return system.call(migrateStorage, { body, as });
}
const migrated = async (body: object, as?: TestUser): Promise<void> => {
  const answer = await migrate(body, as);
  expect(answer).toMatchObject({ status: 204 });
};
const itemNow = async (itemUuid: string): Promise<TestJson> =>
  (await system.call(getItem, { params: { itemUuid }, query: { signUrl: true } })).body;
const urlsNow = async (): Promise<string[]> =>
  Promise.all(Object.values(items).map(async (uuid) => (await itemNow(uuid)).signedUrl));

describe('new URLs', () => {
  it('are taken by the UUID of an item, which keeps all else', async () => {
    const before = await itemNow(items['a'] ?? '');
    await migrated({ itemsMap: { [before.uuid]: fresh('a') }, urlsMap: {} });
    const { lastEditedAt: _, ...rest } = before;
    expect(await itemNow(before.uuid)).toMatchObject({
      ...rest,
      signedUrl: fresh('a'),
      expiresAt: '2126-03-12T12:00:00.000Z',
      expiryCertainty: 'exact',
    });
  });

  it('are taken by the URL of an item, however it is signed', async () => {
    await migrated({ urlsMap: { [signedUrl('b', 'ffff', later)]: fresh('b') }, itemsMap: {} });
    expect((await itemNow(items['b'] ?? '')).signedUrl).toBe(fresh('b'));
  });

  it('may be of another object, under which the item is known from then on', async () => {
    await migrated({ items_map: { [items['a'] ?? '']: fresh('moved/a') } });
    const again = { images: [image('moved/a')], skip_duplicate_urls: true };
    expect(await run(system, folder, integration, again)).toMatchObject({ unitsSkippedCount: 1 });
    expect(
      await run(system, folder, integration, { images: [image('a')], skip_duplicate_urls: true }),
    ).toMatchObject({ unitsDoneCount: 1 });
  });

  it('renew a member of a group, and the expiry of the group with it', async () => {
    const group = {
      title: 'group',
      objectUrl_0: signedUrl('g0', 'ab12', '21260301T120000Z', 60),
      imageMetadata_0: imageMetadata,
      objectUrl_1: signedUrl('g1'),
      imageMetadata_1: imageMetadata,
    };
    await run(system, folder, integration, { image_groups: [group] });
    const itemUuid = (await itemsIn(folder))['group'] ?? '';
    const params = { folderUuid: folder, itemUuid };
    const [first] = (await system.call(getChildItems, { params })).body.results;
    await migrated({ itemsMap: { [first?.uuid ?? '']: fresh('g0') } });
    expect((await itemNow(first?.uuid ?? '')).signedUrl).toBe(fresh('g0'));
    expect((await itemNow(itemUuid)).expiresAt).toBe('2126-03-08T12:00:00.000Z');
    const other = await migrate({ itemsMap: { [first?.uuid ?? '']: fresh('another') } });
    expect(other).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
    const whole = await migrate({ itemsMap: { [itemUuid]: fresh('g0') } });
    expect(whole).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
  });

  it('are recorded in the audit log without their signatures', async () => {
    await migrated({ itemsMap: { [items['a'] ?? '']: fresh('a') } });
    const entry = (await auditOf(system, 'item.storage.migrate')).at(-1);
    expect(entry).toMatchObject({ subject_id: items['a'], details: { hasNewUrl: true, folderId: folder } });
    expect(JSON.stringify(entry)).not.toContain('cd34');
  });
});

describe('another integration', () => {
  it('is given to items, whose URLs stay', async () => {
    const other = await newIntegration(system);
    await migrated({ itemsMap: { [items['a'] ?? '']: null }, toIntegrationHash: other });
    expect(await itemNow(items['a'] ?? '')).toMatchObject({
      integrationHash: other,
      signedUrl: signedUrl('a'),
    });
  });

  it('is given only to items that are on the one to come from', async () => {
    const [from, to] = [await newIntegration(system), await newIntegration(system)];
    const both = { [items['a'] ?? '']: null, [items['b'] ?? '']: null };
    await migrated({ itemsMap: { [items['a'] ?? '']: null }, toIntegrationHash: from });
    await migrated({ itemsMap: both, fromIntegrationHash: from, toIntegrationHash: to });
    expect((await itemNow(items['a'] ?? '')).integrationHash).toBe(to);
    expect((await itemNow(items['b'] ?? '')).integrationHash).toBe(integration);
  });

  it('opens items again whose integration was deleted', async () => {
    const gone = await newIntegration(system);
    await migrated({ itemsMap: { [items['a'] ?? '']: null }, toIntegrationHash: gone });
    await system.call(deleteIntegration, { params: { integrationUuid: gone }, query: { force: true } });
    const itemsMap = { [items['a'] ?? '']: fresh('a') };
    expect(await migrate({ itemsMap })).toMatchObject({
      status: 403,
      body: { code: 'integration_not_found' },
    });
    await migrated({ itemsMap, toIntegrationHash: integration });
    expect((await itemNow(items['a'] ?? '')).signedUrl).toBe(fresh('a'));
  });

  it('with strict access takes no items without media metadata', async () => {
    const lenient = await newIntegration(system);
    await run(system, folder, lenient, { images: [{ objectUrl: signedUrl('bare'), title: 'bare' }] });
    const itemsMap = { [(await itemsIn(folder))['bare'] ?? '']: null };
    expect(await migrate({ itemsMap, toIntegrationHash: integration })).toMatchObject({
      status: 409,
      body: { code: 'integration_strict_conflict' },
    });
  });
});

describe('a request with one bad entry', () => {
  const bad: [string, () => object, number, string][] = [
    ['an item that is not there', () => ({ itemsMap: { [nobody]: fresh('x') } }), 403, 'item_not_found'],
    ['a URL that is not there', () => ({ urlsMap: { [signedUrl('x')]: fresh('x') } }), 403, 'item_not_found'],
    ['a key that is no URL', () => ({ urlsMap: { x: fresh('x') } }), 400, 'invalid_request'],
    ['a URL that is a number', () => ({ urlsMap: { [signedUrl('b')]: 7 } }), 400, 'invalid_request'],
    ['nothing new', () => ({ itemsMap: { [items['b'] ?? '']: null } }), 400, 'invalid_request'],
    [
      'a new URL with spaces',
      () => ({ itemsMap: { [items['b'] ?? '']: 'https://h/a b' } }),
      400,
      'invalid_request',
    ],
    [
      'a dead new URL, where access is to be validated',
      () => ({
        itemsMap: { [items['b'] ?? '']: signedUrl('b', 'ee99', '20200101T000000Z') },
        validateAccess: true,
      }),
      400,
      'invalid_request',
    ],
  ];

  it.each(bad)('changes nothing: %s', async (_case, body, status, code) => {
    const before = await urlsNow();
    const { itemsMap, ...rest } = body() as { itemsMap?: object };
    const answer = await migrate({ ...rest, itemsMap: { [items['a'] ?? '']: fresh('a'), ...itemsMap } });
    expect(answer).toMatchObject({ status, body: { code } });
    expect(JSON.stringify(answer.body)).not.toMatch(/ab12|cd34|ee99|Signature/);
    expect(await urlsNow()).toEqual(before);
  });

  it('leaves out what is missing where that is asked for', async () => {
    const urlsMap = { [signedUrl('x')]: fresh('x') };
    const itemsMap = { [nobody]: fresh('x'), [items['a'] ?? '']: fresh('a') };
    await migrated({ urlsMap, itemsMap, skipMissing: true });
    expect((await itemNow(items['a'] ?? '')).signedUrl).toBe(fresh('a'));
  });

  it('takes a URL that is dead where access is not validated', async () => {
    await migrated({ itemsMap: { [items['a'] ?? '']: signedUrl('a', 'ee99', '20200101T000000Z') } });
    expect((await itemNow(items['a'] ?? '')).expiresAt).toBe('2020-01-08T00:00:00.000Z');
  });

  it('refuses more entries than a bundle has', async () => {
    const urlsMap = Object.fromEntries(Array.from({ length: 1001 }, (_, n) => [signedUrl(`${n}`), null]));
    const answer = await migrate({ urlsMap, toIntegrationHash: integration });
    expect(answer).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
  });
});

describe('who may', () => {
  it('needs the admin role on the folder and membership of the integration', async () => {
    const [reader, admin] = [await system.createUser(), await system.createUser()];
    await share(system, folder, reader, 'viewer');
    await share(system, folder, admin, 'admin');
    const itemsMap = { [items['a'] ?? '']: fresh('a') };
    expect(await migrate({ itemsMap }, reader)).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    expect(await migrate({ urlsMap: { [signedUrl('a')]: fresh('a') } }, reader)).toMatchObject({
      body: { code: 'item_not_found' },
    });
    expect(await migrate({ itemsMap }, admin)).toMatchObject({ body: { code: 'integration_not_found' } });
    const own = await system.call(createIntegration, { body: { title: `Own ${admin.uuid}` }, as: admin });
    await migrated({ itemsMap, toIntegrationHash: own.body.integrationUuid }, admin);
    const origins = await sql(system, 'SELECT origin FROM integration_origins WHERE integration_id = $1', [
      own.body.integrationUuid,
    ]);
    expect(origins).toEqual([{ origin: 'https://acme.s3.eu-west-2.amazonaws.com' }]);
  });
});
